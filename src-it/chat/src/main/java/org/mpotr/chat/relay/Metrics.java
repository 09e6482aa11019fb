package org.mpotr.chat.relay;

import java.util.Map;
import java.util.TreeMap;

/** What the relay counts, none of it by channel or address; in the text format of Prometheus. */
final class Metrics {

  private final Map<Integer, Long> answers = new TreeMap<>();
  private long messages;
  private long bytes;
  private long delivered;
  private long cutOff;
  private long failures;

  void accepted(int length) {
    messages++;
    bytes += length;
  }

  void delivered() {
    delivered++;
  }

  void answered(int status) {
    answers.merge(status, 1L, Long::sum);
  }

  void cutOff() {
    cutOff++;
  }

  void failed() {
    failures++;
  }

  String text(Channels channels) {
    StringBuilder text = new StringBuilder();
    add(text, "gauge", "channels", channels.size());
    add(text, "gauge", "listeners", channels.listeners());
    add(text, "gauge", "backlog_messages", channels.messages());
    add(text, "gauge", "backlog_bytes", channels.bytes());
    Runtime runtime = Runtime.getRuntime();
    add(text, "gauge", "heap_bytes", runtime.totalMemory() - runtime.freeMemory());
    add(text, "counter", "messages_total", messages);
    add(text, "counter", "message_bytes_total", bytes);
    add(text, "counter", "deliveries_total", delivered);
    add(text, "counter", "slow_readers_total", cutOff);
    add(text, "counter", "failures_total", failures);
    text.append("# TYPE mpotr_relay_answers_total counter\n");
    answers.forEach(
        (status, count) ->
            text.append("mpotr_relay_answers_total{status=\"")
                .append(status)
                .append("\"} ")
                .append(count)
                .append('\n'));
    return text.toString();
  }

  private static void add(StringBuilder text, String type, String name, long value) {
    text.append("# TYPE mpotr_relay_").append(name).append(' ').append(type).append('\n');
    text.append("mpotr_relay_").append(name).append(' ').append(value).append('\n');
  }
}
