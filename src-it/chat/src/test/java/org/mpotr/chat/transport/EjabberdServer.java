package org.mpotr.chat.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** One node of ejabberd, with accounts for whoever asks and rooms that have an archive. */
final class EjabberdServer extends XmppServer {

  private static final String CONTROL = "/usr/sbin/ejabberdctl";
  private static final String ERLANG = "/usr/bin/erl";
  private static final String COOKIE = "cookie-of-a-test";

  private static final int RATE = 2_000_000;
  private static final int STANZA = 262_144;

  private final List<String> naming;
  private final String node;
  private final int mapperPort;

  /** A node alone, that no other can reach. */
  EjabberdServer(Path folder) throws IOException {
    this(folder, "", 0, RATE, STANZA);
  }

  /**
   * A node that takes less.
   *
   * @param rate bytes in a second that it takes from a client
   * @param stanza bytes of the longest stanza
   */
  EjabberdServer(Path folder, int rate, int stanza) throws IOException {
    this(folder, "", 0, rate, stanza);
  }

  /**
   * A node for a cluster.
   *
   * @param name of the node before the at sign
   * @param mapperPort where Erlang's port mapper listens
   */
  EjabberdServer(Path folder, String name, int mapperPort) throws IOException {
    this(folder, name, mapperPort, RATE, STANZA);
  }

  private EjabberdServer(Path folder, String name, int mapperPort, int rate, int stanza)
      throws IOException {
    super(inLongForm(folder), CONTROL, "ejabberd");
    this.mapperPort = mapperPort;
    node = name + "@127.0.0.1";
    naming = name.isEmpty() ? List.of() : named(node);
    Files.createDirectories(folder.resolve("data"));
    write("inetrc", "{lookup,[\"file\",\"native\"]}.\n{host,{127,0,0,1}, [\"localhost\"]}.\n");
    write(
        "ejabberd.yml",
        """
        hosts: [localhost]
        loglevel: warning
        auth_password_format: scram
        registration_timeout: infinity
        shaper:
          normal: {rate: RATE, burst_size: RATE}
        shaper_rules:
          c2s_shaper: [normal: all]
        listen:
          - {port: PORT, ip: "127.0.0.1", module: ejabberd_c2s, max_stanza_size: STANZA, shaper: c2s_shaper}
        modules:
          mod_disco: {}
          mod_ping: {}
          mod_roster: {}
          mod_register: {ip_access: all}
          mod_mam: {db_type: mnesia, default: never, assume_mam_usage: true}
          mod_muc:
            access: all
            access_create: all
            access_mam: all
            access_persistent: all
            default_room_options: {mam: true, persistent: true}
        """
            .replace("RATE", Integer.toString(rate))
            .replace("STANZA", Integer.toString(stanza))
            .replace("PORT", Integer.toString(port)));
  }

  /** It takes half a minute to start and to stop: the short form leaves it to Prosody. */
  private static Path inLongForm(Path folder) {
    Assumptions.assumeTrue(Boolean.getBoolean("mpotr.long"), "ejabberd is for the profile long");
    return folder;
  }

  private static List<String> named(String node) {
    return List.of(
        "-name", node, "-setcookie", COOKIE, "-kernel", "inet_dist_use_interface", "{127,0,0,1}");
  }

  @Override
  List<String> command() {
    List<String> command = new ArrayList<>(List.of(ERLANG));
    command.addAll(naming);
    command.addAll(
        List.of(
            "-mnesia", "dir", "\"" + folder.resolve("data") + "\"", "-noinput", "-s", "ejabberd"));
    return command;
  }

  @Override
  Map<String, String> environment() {
    return Map.of(
        "EJABBERD_CONFIG_PATH", folder.resolve("ejabberd.yml").toString(),
        "EJABBERD_LOG_PATH", folder.resolve("ejabberd.log").toString(),
        "ERL_CRASH_DUMP", folder.resolve("crash.dump").toString(),
        "ERL_CRASH_DUMP_BYTES", "0",
        "ERL_INETRC", folder.resolve("inetrc").toString(),
        "ERL_LIBS", "/usr/lib/x86_64-linux-gnu",
        "ERL_EPMD_ADDRESS", "127.0.0.1",
        "ERL_EPMD_PORT", Integer.toString(mapperPort));
  }

  /** Makes this node one of another's cluster, as the control program does. */
  void join(EjabberdServer other) throws IOException, InterruptedException {
    control("join_cluster", other.node);
  }

  private void control(String... command) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(ERLANG));
    all.addAll(named("control-" + node));
    all.addAll(List.of("-hidden", "-noinput", "-s", "ejabberd_ctl", "-extra", node));
    all.addAll(List.of(command));
    Process control = launch(all);
    if (!control.waitFor(60, TimeUnit.SECONDS) || control.exitValue() != 0) {
      control.destroyForcibly();
      throw new IOException("refused: " + Files.readString(folder.resolve("output")));
    }
  }
}
