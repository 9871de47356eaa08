package io.mockexo.client.matrix;

/**
 * What came of a cell.
 *
 * @param journal what the sessions tell
 * @param client what the client itself said, which alone can tell deferred from bounced
 */
record Seen(String journal, String client) {}
