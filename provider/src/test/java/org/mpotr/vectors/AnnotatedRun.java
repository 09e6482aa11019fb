package org.mpotr.vectors;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.mpotr.reference.Curve;
import org.mpotr.reference.Ecdsa;
import org.mpotr.reference.Epoch;
import org.mpotr.reference.Identity;
import org.mpotr.reference.Inputs;
import org.mpotr.reference.Labelled;
import org.mpotr.reference.Pair;
import org.mpotr.reference.Run;
import org.mpotr.reference.Seal;
import org.mpotr.reference.Struct;

/** Section 16 of PROTOCOL.md: the run of three-members.json, every value by its name. */
final class AnnotatedRun {

  private final Story.Chapter chapter;
  private final List<Run.Seat> seats;
  private final Epoch epoch;
  private final byte[] sid;
  private final AnnotatedText text = new AnnotatedText();

  private AnnotatedRun(Story story) {
    chapter = story.last();
    seats = chapter.run().seats();
    epoch = seats.get(0).epoch();
    sid = epoch.sid();
  }

  static String of(Story story) {
    AnnotatedRun run = new AnnotatedRun(story);
    run.inputs();
    run.hellos();
    run.introductions();
    run.shares();
    run.attests();
    run.keys();
    AnnotatedFrame.add(run.text, run.epoch, run.chapter.said().get(1));
    return run.text.toString();
  }

  private String name(int place) {
    return seats.get(place).inputs().nickname();
  }

  private byte[] m(int place) {
    return epoch.roster().at(place).m();
  }

  private byte[] sent(int place, int round) {
    return seats.get(place).sent().get(round);
  }

  private void inputs() {
    text.line(
            "Three members set up the first epoch of the channel `#tea` in mode triple-dh with Padmé and")
        .line(
            "without a pre-shared key, and one of them says something. The same run, with all of its frames,")
        .line(
            "is `three-members.json` among the test's resources; other files there hold other modes,")
        .line(
            "resumption, and what must be refused. Members are numbered as in the roster, which nobody")
        .line("knows before the HELLOs. In front of a field stands its offset in the message.")
        .section("16.1 Inputs")
        .block()
        .message("params", chapter.run().parameters().encoded())
        .field("version", 1)
        .field("suite", 2)
        .field("purpose", 1)
        .vector("channel")
        .field("epoch", 8)
        .vector("previous_sid")
        .field("authentication", 1)
        .field("join_policy", 1)
        .field("psk_kind", 1)
        .vector("psk_salt")
        .field("psk_cost", 1)
        .field("psk_block_size", 1)
        .field("psk_parallelism", 1)
        .field("setup_timeout", 4)
        .field("lifetime", 4)
        .field("refresh_time", 4)
        .field("refresh_frames", 4)
        .field("resumptions", 1)
        .field("max_members", 2)
        .field("frame_limit", 4)
        .field("file_limit", 8)
        .field("padding", 1)
        .end();
    for (int i = 0; i < seats.size(); i++) {
      Inputs inputs = seats.get(i).inputs();
      text.line("")
          .value("member " + i, "\"" + name(i) + "\"")
          .value("a", Curve.number(inputs.identity().scalar()))
          .value("n", inputs.n())
          .value("x", Curve.number(inputs.x()))
          .value("e", Curve.number(inputs.e()))
          .value("r", inputs.r())
          .value("intro_key", inputs.introKey())
          .value("hedge of INTRODUCTION", inputs.introductionHedge())
          .value("hedge of SHARE", inputs.shareHedge())
          .value("hedge of ATTEST", inputs.attestHedge());
      byte[] spki = inputs.identity().spki();
      byte[] fingerprint = Identity.fingerprint(spki);
      text.value("A", spki)
          .value("fingerprint", fingerprint)
          .value("  in digits", Labelled.digits(fingerprint, 8));
    }
    text.block();
  }

  private void hellos() {
    text.section("16.2 HELLO (4.3)").block();
    for (int i = 0; i < seats.size(); i++) {
      text.message("HELLO of member " + i, sent(i, 0))
          .field("version", 1)
          .field("type", 1)
          .field("suite", 2)
          .field("n", 32)
          .field("X", 65)
          .field("E", 65)
          .end()
          .value("m", m(i))
          .line("");
    }
    byte[] hello = sent(0, 0);
    byte[] input = Labelled.label("member", new byte[0], Arrays.copyOfRange(hello, 4, 166));
    text.message("what m of member 0 is hashed from, L(\"member\", \"\", n, X, E)", input)
        .vector("label")
        .vector("sid")
        .field("n", 32)
        .field("X", 65)
        .field("E", 65)
        .end()
        .line("")
        .value("sid", sid);
    pairs((pair, name) -> text.value("ee of " + name, pair.ee()).value("K_ee", pair.kEe()));
    text.block();
  }

  private interface PairLine {
    void add(Pair pair, String name);
  }

  private void pairs(PairLine line) {
    for (int lo = 0; lo < seats.size(); lo++) {
      for (int hi = lo + 1; hi < seats.size(); hi++) {
        text.line("");
        line.add(seats.get(lo).epoch().pairs().get(hi), lo + " and " + hi);
      }
    }
  }

  private void seal(Seal seal, String name, byte[] plaintext) {
    text.line(name).value("  enc", seal.enc()).value("  mac", seal.mac());
    if (plaintext.length > 0) {
      text.value("  plaintext", plaintext);
    }
  }

  private void introductions() {
    text.section("16.3 INTRODUCTION (4.4)").line("What member 0 seals:").line("").block();
    Inputs inputs = seats.get(0).inputs();
    byte[] key = Struct.join(inputs.introKey(), new byte[1]);
    for (int to = 1; to < seats.size(); to++) {
      byte[] kEe = epoch.pairs().get(to).kEe();
      Seal seal = new Seal(kEe, "introduction key", sid, m(0), m(to));
      seal(seal, "seal(K_ee, \"introduction key\", 0, " + to + "): intro_key and flag", key);
      text.line("");
    }
    byte[] bodyKey = Labelled.extract(sid, "intro body", sid, m(0), inputs.introKey());
    seal(
        new Seal(bodyKey, "introduction", sid, m(0), new byte[0]),
        "seal(Extract(sid, \"intro body\", …), \"introduction\", 0, nothing)",
        new byte[0]);
    byte[] nickname = inputs.nickname().getBytes(StandardCharsets.UTF_8);
    byte[] body =
        new Struct()
            .u8(nickname.length)
            .raw(Arrays.copyOf(nickname, 64))
            .vector(inputs.identity().spki())
            .vector(new byte[0])
            .bytes();
    text.value("  its key", bodyKey)
        .message("  plaintext", body)
        .field("nickname_length", 1)
        .field("nickname", 64)
        .vector("identity")
        .vector("identity_signature")
        .end()
        .block();
    for (int i = 0; i < seats.size(); i++) {
      text.line("").block().message("INTRODUCTION of member " + i, sent(i, 1));
      header().field("intro_key_hash", 32).vector("body").length("keys");
      for (int to = 0; to < seats.size(); to++) {
        if (to != i) {
          text.field("  for member " + to, 49);
        }
      }
      text.field("commitment", 32).field("signature", 64).end();
      if (i == 0) {
        signature(sent(0, 1), inputs);
      }
      text.block();
    }
  }

  /** How the signature of one message came about. */
  private void signature(byte[] message, Inputs inputs) {
    byte[] unsigned = Arrays.copyOf(message, message.length - 64);
    byte[] hash = Labelled.hash("set-up signature", sid, Struct.v(unsigned));
    text.line("")
        .value("hash that is signed", hash)
        .value(
            "nonce k of ECDSA",
            Curve.number(Ecdsa.nonce(inputs.e(), hash, inputs.introductionHedge())));
  }

  private AnnotatedText header() {
    return text.field("version", 1).field("type", 1).field("sid", 32).field("sender", 2);
  }

  private void shares() {
    text.section("16.4 SHARE (4.5)").block().value("T2", epoch.t2());
    pairs(
        (pair, name) ->
            text.value("auth of " + name, pair.auth())
                .value("mode", Integer.toString(pair.mode()))
                .value("k", pair.k()));
    text.line("");
    Seal seal = new Seal(epoch.pairs().get(1).k(), "share", sid, m(0), m(1));
    seal(seal, "seal(k, \"share\", 0, 1): r", seats.get(0).inputs().r());
    text.block();
    for (int i = 0; i < seats.size(); i++) {
      text.line("").block().message("SHARE of member " + i, sent(i, 2));
      header().length("entries");
      for (int to = 0; to < seats.size(); to++) {
        if (to != i) {
          text.line("        for member " + to)
              .field("  confirmation", 32)
              .field("  contribution", 48);
        }
      }
      text.field("signature", 64).end().block();
    }
  }

  private void attests() {
    text.section("16.5 ATTEST (4.6 and 5.1)")
        .block()
        .value("T3", epoch.t3())
        .value("roster hash", epoch.rosterHash())
        .value("gk", epoch.gk())
        .value("epoch secret", epoch.secret())
        .value("attest key", epoch.attestKey());
    for (int i = 0; i < seats.size(); i++) {
      text.line("").message("ATTEST of member " + i, sent(i, 3));
      header()
          .field("T3", 32)
          .field("params_hash", 32)
          .field("confirmation", 32)
          .field("signature", 64)
          .end();
    }
    text.block();
  }

  private void keys() {
    text.section("16.6 Keys (4.7 and 5)").block();
    for (int i = 0; i < seats.size(); i++) {
      text.value("frame key of member " + i, epoch.frameKey(i))
          .value("frame mac", epoch.frameMac(i));
    }
    pairs(
        (pair, name) ->
            text.line("pair of " + name)
                .value("resumption secret", pair.resumption(epoch.t3()))
                .value("private-frame key", pair.privateFrameKey(epoch.t3())));
    byte[] context = "context".getBytes(StandardCharsets.US_ASCII);
    text.line("")
        .value("exporter, \"vector\",", epoch.exporter("vector", context, 32))
        .line("  \"context\", 32 bytes")
        .value("group code", epoch.groupCode())
        .value("  in digits", Labelled.digits(epoch.groupCode(), 4))
        .block();
  }
}
