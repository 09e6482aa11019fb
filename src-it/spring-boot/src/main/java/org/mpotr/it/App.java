package org.mpotr.it;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Security;
import javax.crypto.KeyAgreement;
import org.mpotr.MpotrProvider;
import org.mpotr.agreement.SessionParameterSpec;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/**
 * An application whose beans ask for services by the name alone, which the first bean registers.
 */
@SpringBootApplication
public class App {

  @Bean // named first, made second: it takes the provider, though it does not touch it
  KeyPair identity(Provider mpotr) throws Exception {
    return KeyPairGenerator.getInstance("mpOTR").generateKeyPair();
  }

  @Bean
  Provider mpotr() {
    return MpotrProvider.install();
  }

  public static void main(String[] arguments) throws Exception {
    check(Security.getProvider("mpOTR") == null, "nobody has registered it yet");
    try (var context = SpringApplication.run(App.class, arguments)) {
      KeyPair identity = context.getBean(KeyPair.class);
      KeyAgreement member = KeyAgreement.getInstance("mpOTR");
      member.init(identity.getPrivate(), SessionParameterSpec.of("#tea", "alice"));
      byte[] hello = member.doPhase(identity.getPublic(), false).getEncoded();
      check(member.getProvider() == context.getBean(Provider.class), "the bean is what is used");
      System.out.println(
          "ok: registered by a bean before the first use; a HELLO of " + hello.length + " bytes");
    }
  }

  private static void check(boolean isSo, String what) {
    if (!isSo) {
      throw new AssertionError("not so: " + what);
    }
  }
}
