package org.mpotr;

import java.io.IOException;
import java.security.AlgorithmParametersSpi;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.InvalidParameterSpecException;
import java.util.Arrays;
import org.mpotr.agreement.MessageKey;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.framing.FrameParameterSpec;
import org.mpotr.wire.WireException;

/**
 * {@code AlgorithmParameters} "mpOTR": the parameters of an epoch or of a frame. Encoded, in the
 * format "mpOTR1", they are one byte that tells which (1 or 2) and then their encoding in
 * PROTOCOL.md, sections 4.1 and 6.6.
 */
final class MpotrAlgorithmParameters extends AlgorithmParametersSpi {

  private static final byte EPOCH = 1;
  private static final byte FRAME = 2;

  private AlgorithmParameterSpec spec;

  @Override
  protected void engineInit(AlgorithmParameterSpec params) throws InvalidParameterSpecException {
    if (!(params instanceof EpochParameters) && !(params instanceof FrameParameterSpec)) {
      throw new InvalidParameterSpecException(
          "AlgorithmParameters mpOTR holds EpochParameters or a FrameParameterSpec");
    }
    spec = params;
  }

  @Override
  protected void engineInit(byte[] params) throws IOException {
    engineInit(params, MessageKey.FORMAT);
  }

  @Override
  protected void engineInit(byte[] params, String format) throws IOException {
    if (format != null && !MessageKey.FORMAT.equals(format)) {
      throw new IOException("the format of these parameters is mpOTR1");
    }
    if (params.length == 0) {
      throw new IOException("the parameters are empty");
    }
    byte[] encoded = Arrays.copyOfRange(params, 1, params.length);
    try {
      spec =
          switch (params[0]) {
            case EPOCH -> EpochParameters.decode(encoded);
            case FRAME -> FrameParameterSpec.decode(encoded);
            default -> throw new IOException("the parameters are of an unknown kind");
          };
    } catch (WireException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  protected <T extends AlgorithmParameterSpec> T engineGetParameterSpec(Class<T> type)
      throws InvalidParameterSpecException {
    if (!type.isInstance(spec)) {
      throw new InvalidParameterSpecException("these parameters are no " + type.getSimpleName());
    }
    return type.cast(spec);
  }

  @Override
  protected byte[] engineGetEncoded() {
    boolean isEpoch = spec instanceof EpochParameters;
    byte[] content =
        isEpoch
            ? ((EpochParameters) spec).encoded().toArray()
            : ((FrameParameterSpec) spec).encoded().toArray();
    byte[] encoded = new byte[1 + content.length];
    encoded[0] = isEpoch ? EPOCH : FRAME;
    System.arraycopy(content, 0, encoded, 1, content.length);
    return encoded;
  }

  @Override
  protected byte[] engineGetEncoded(String format) throws IOException {
    if (format != null && !MessageKey.FORMAT.equals(format)) {
      throw new IOException("the format of these parameters is mpOTR1");
    }
    return engineGetEncoded();
  }

  @Override
  protected String engineToString() {
    return String.valueOf(spec);
  }
}
