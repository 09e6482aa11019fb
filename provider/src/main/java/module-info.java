/**
 * Deniable multi-party off-the-record messaging for the Java platform: the security provider
 * "mpOTR" and what its services take and give; and beside it "mpOTR-P256", its arithmetic under the
 * platform's standard names.
 */
module org.mpotr.provider {
  requires org.bouncycastle.provider;
  requires org.bouncycastle.pkix;

  exports org.mpotr;
  exports org.mpotr.agreement;
  exports org.mpotr.epoch;
  exports org.mpotr.error;
  exports org.mpotr.framing;
  exports org.mpotr.identity;
  exports org.mpotr.keystore;
  exports org.mpotr.session;
  exports org.mpotr.session.closing;
  exports org.mpotr.session.files;
  exports org.mpotr.wire;

  provides java.security.Provider with
      org.mpotr.MpotrProvider,
      org.mpotr.P256Provider;
}
