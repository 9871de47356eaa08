/** What remains of a session for those who were not there: files in a folder, or in an archive. */
@NullMarked
package io.mockexo.standalone.evidence;

import org.jspecify.annotations.NullMarked;
