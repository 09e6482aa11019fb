package org.mpotr.chat.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Prosody, with accounts for whoever asks and rooms that have an archive. */
public final class ProsodyServer extends XmppServer {

  private static final String PROGRAM = "/usr/bin/prosody";

  /** Without TLS. */
  public ProsodyServer(Path folder) throws IOException {
    this(folder, "modules_disabled = { \"s2s\"; \"offline\"; \"tls\" }\n");
  }

  /** With TLS only, by the certificate and key in files of PEM. */
  ProsodyServer(Path folder, Path certificate, Path key) throws IOException {
    this(
        folder,
        """
        modules_disabled = { "s2s"; "offline" }
        c2s_require_encryption = true
        ssl = { certificate = "%s/cert.pem"; key = "%s/key.pem" }
        """
            .formatted(folder, folder));
    Files.copy(certificate, folder.resolve("cert.pem"));
    Files.copy(key, folder.resolve("key.pem"));
  }

  private ProsodyServer(Path folder, String security) throws IOException {
    super(folder, PROGRAM, "prosody");
    Files.createDirectories(folder.resolve("data"));
    write(
        "prosody.cfg.lua",
        """
        pidfile = "FOLDER/prosody.pid"
        data_path = "FOLDER/data"
        log = { info = "FOLDER/log" }
        interfaces = { "127.0.0.1" }
        c2s_ports = { PORT }
        s2s_ports = {}
        http_ports = {}
        https_ports = {}
        modules_enabled = { "roster"; "saslauth"; "tls"; "disco"; "ping"; "register" }
        allow_registration = true
        allow_unencrypted_plain_auth = true
        authentication = "internal_hashed"
        storage = "internal"
        SECURITY
        VirtualHost "localhost"
        Component "conference.localhost" "muc"
          modules_enabled = { "muc_mam" }
          restrict_room_creation = false
        """
            .replace("FOLDER", folder.toString())
            .replace("PORT", Integer.toString(port))
            .replace(
                "SECURITY",
                security.contains("c2s_require_encryption")
                    ? security
                    : security + "c2s_require_encryption = false\n"));
  }

  @Override
  List<String> command() {
    return List.of(PROGRAM, "--config", folder.resolve("prosody.cfg.lua").toString(), "-F");
  }

  @Override
  Map<String, String> environment() {
    return Map.of();
  }

  /** Makes an account as who runs the server does, with the server's own program. */
  void register(String name) throws IOException, InterruptedException {
    Process made =
        launch(
            List.of(
                PROGRAM + "ctl",
                "--config",
                folder.resolve("prosody.cfg.lua").toString(),
                "register",
                name,
                DOMAIN,
                PASSWORD));
    if (!made.waitFor(30, TimeUnit.SECONDS) || made.exitValue() != 0) {
      made.destroyForcibly();
      throw new IOException("refused: " + Files.readString(folder.resolve("output")));
    }
  }
}
