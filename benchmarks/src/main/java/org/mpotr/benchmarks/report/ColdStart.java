package org.mpotr.benchmarks.report;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import org.mpotr.benchmarks.measure.ThreadMeter;
import org.mpotr.benchmarks.workload.MpotrGroup;
import org.mpotr.benchmarks.workload.Providers;
import org.mpotr.benchmarks.workload.UnavailableException;
import org.mpotr.epoch.GroupKey;
import org.mpotr.framing.FrameParameterSpec;

/**
 * A process that does everything for the first time: loads a provider, makes key pairs, agrees,
 * signs and verifies; of mpOTR, loads the provider, sets up a group of two and verifies its first
 * frame. The start of the virtual machine is not counted.
 */
final class ColdStart {

  /** Of mpOTR the first frame; any other argument is a provider's name and means its primitives. */
  static final String FIRST_FRAME = "first-frame";

  private static final byte[] MESSAGE = "first".getBytes(StandardCharsets.UTF_8);

  private ColdStart() {}

  public static void main(String[] args) throws Exception {
    ThreadMeter.cpuNanos();
    long wall = System.nanoTime();
    long cpu = ThreadMeter.cpuNanos();
    try {
      boolean right = args[0].equals(FIRST_FRAME) ? firstFrame() : firstOperations(args[0]);
      cpu = ThreadMeter.cpuNanos() - cpu;
      wall = System.nanoTime() - wall;
      if (!right) {
        throw new IllegalStateException("the first result is wrong");
      }
      System.out.println(ChildJvm.RESULT + " " + cpu + " " + wall);
    } catch (UnavailableException e) {
      System.out.println(ChildJvm.MISSING + " " + e.getMessage());
    }
  }

  private static boolean firstFrame() throws Exception {
    List<GroupKey> keys = MpotrGroup.setUp(MpotrGroup.identities(2));
    Cipher sealing = Cipher.getInstance("mpOTR", MpotrGroup.provider());
    sealing.init(Cipher.ENCRYPT_MODE, keys.get(0), FrameParameterSpec.text(0));
    byte[] frame = sealing.doFinal(MESSAGE);
    Cipher opening = Cipher.getInstance("mpOTR", MpotrGroup.provider());
    opening.init(Cipher.DECRYPT_MODE, keys.get(1));
    return Arrays.equals(MESSAGE, opening.doFinal(frame));
  }

  private static boolean firstOperations(String name) throws Exception {
    Provider agreements = Providers.of(name, "KeyAgreement", "ECDH");
    Provider signatures = Providers.of(name, "Signature", "SHA512withECDSA");
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", signatures);
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair own = generator.generateKeyPair();
    KeyPair other = generator.generateKeyPair();
    KeyAgreement agreement = KeyAgreement.getInstance("ECDH", agreements);
    agreement.init(own.getPrivate());
    agreement.doPhase(other.getPublic(), true);
    boolean agreed = agreement.generateSecret().length == 32;
    Signature signature = Signature.getInstance("SHA512withECDSA", signatures);
    signature.initSign(own.getPrivate());
    signature.update(MESSAGE);
    byte[] signed = signature.sign();
    signature.initVerify(own.getPublic());
    signature.update(MESSAGE);
    return signature.verify(signed) && agreed;
  }
}
