package io.mockexo.standalone.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** Reads server-sent events. */
final class EventStream implements AutoCloseable {

  /** One event; the id is empty where there is none. */
  record Event(String id, String type, JsonNode data) {

    long number() {
      return Long.parseLong(id);
    }
  }

  private final InputStream in;
  private final BufferedReader lines;

  private EventStream(InputStream in) {
    this.in = in;
    this.lines = new BufferedReader(new InputStreamReader(in, UTF_8));
  }

  /** Listens; returns when the server knows of it. */
  static EventStream of(TestProgram program, String query, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(program.uri("/events" + query));
    if (headers.length > 0) {
      request.headers(headers);
    }
    var response = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    EventStream stream = new EventStream(response.body());
    assertThat(stream.lines.readLine()).isEqualTo("retry: 1000");
    assertThat(stream.lines.readLine()).isEmpty();
    return stream;
  }

  /** The next but for progress, which comes when it comes. */
  Event nextButProgress() throws IOException {
    Event event = next();
    while (event.type().equals("progress")) {
      event = next();
    }
    return event;
  }

  Event next() throws IOException {
    String id = "";
    String type = "";
    String data = "";
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.isEmpty() && !type.isEmpty()) {
        return new Event(id, type, new ObjectMapper().readTree(data));
      } else if (line.startsWith("id: ")) {
        id = line.substring(4);
      } else if (line.startsWith("event: ")) {
        type = line.substring(7);
      } else if (line.startsWith("data: ")) {
        data = line.substring(6);
      }
    }
    throw new AssertionError("the stream has ended");
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
