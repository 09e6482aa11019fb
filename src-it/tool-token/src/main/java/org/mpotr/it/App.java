package org.mpotr.it;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import javax.crypto.KeyAgreement;
import org.mpotr.MpotrProvider;
import org.mpotr.agreement.SessionParameterSpec;

/** An identity that never leaves its token joins a group. */
public final class App {

  public static void main(String[] arguments) throws Exception {
    if (!Files.exists(Path.of("/usr/lib/softhsm/libsofthsm2.so"))) {
      System.out.println("not here: no softhsm2");
      return;
    }
    if (System.getenv("SOFTHSM2_CONF") == null) {
      Path folder = Files.createTempDirectory(Path.of(arguments[0]), "token");
      Path conf = folder.resolve("softhsm2.conf");
      Files.write(conf, List.of("directories.tokendir = " + folder, "log.level = ERROR"));
      run(conf, "softhsm2-util --init-token --free --label me --pin 2718 --so-pin 2718");
      String java = System.getProperty("java.home") + "/bin/";
      String token = " -addprovider SunPKCS11 -providerarg " + arguments[1];
      String key = "-dname CN=alice -keyalg EC -groupname secp256r1 -sigalg SHA512withECDSA";
      String store = " -alias me -keystore NONE -storetype PKCS11 -storepass 2718 ";
      run(conf, java + "keytool -genkeypair" + store + key + token);
      String classPath = System.getProperty("java.class.path");
      run(conf, java + "java -cp " + classPath + " org.mpotr.it.App x " + arguments[1]);
      return;
    }
    Provider token = Security.getProvider("SunPKCS11").configure(arguments[1]);
    Security.addProvider(token);
    KeyStore keys = KeyStore.getInstance("PKCS11", token);
    keys.load(null, "2718".toCharArray());
    PrivateKey me = (PrivateKey) keys.getKey("me", null);
    KeyAgreement member = KeyAgreement.getInstance("mpOTR", new MpotrProvider());
    member.init(me, SessionParameterSpec.of("#tea", "alice"));
    member.doPhase(keys.getCertificate("me").getPublicKey(), false);
    System.out.println("ok: an " + me.getAlgorithm() + " key without encoding says HELLO");
  }

  private static void run(Path conf, String command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command.split(" +")).inheritIO();
    builder.environment().put("SOFTHSM2_CONF", conf.toString());
    if (builder.start().waitFor() != 0) {
      throw new AssertionError(command);
    }
  }
}
