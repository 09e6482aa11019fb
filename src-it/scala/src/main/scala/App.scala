package org.mpotr.it

import java.nio.charset.StandardCharsets.UTF_8
import java.security.{Key, KeyPairGenerator}
import javax.crypto.{Cipher, KeyAgreement}
import org.mpotr.MpotrProvider
import org.mpotr.agreement.{RoundKey, SessionParameterSpec}
import org.mpotr.framing.FrameParameterSpec
import scala.jdk.CollectionConverters.*

/** Two members agree on a key, and one reads what the other says. */
@main def app(): Unit =
  val mpotr = MpotrProvider.instance()
  val (members, hellos) = List("alice", "bob").map { nickname =>
    val identity = KeyPairGenerator.getInstance("mpOTR", mpotr).generateKeyPair()
    val member = KeyAgreement.getInstance("mpOTR", mpotr)
    member.init(identity.getPrivate, SessionParameterSpec.of("#tea", nickname))
    (member, member.doPhase(identity.getPublic, false))
  }.unzip
  List(false, false, false, true).foldLeft(hellos) { (round, last) =>
    val heard = RoundKey.of(round.asJava)
    members.map(_.doPhase(heard, last))
  }
  val List(alice, bob) = members.map(_.generateSecret("mpOTR")): @unchecked
  val cipher = Cipher.getInstance("mpOTR", mpotr)
  cipher.init(Cipher.ENCRYPT_MODE, alice, FrameParameterSpec.text(0))
  val frame = cipher.doFinal("tea at five?".getBytes(UTF_8))
  cipher.init(Cipher.DECRYPT_MODE, bob)
  if String(cipher.doFinal(frame), UTF_8) != "tea at five?" then
    throw AssertionError("not what alice said")
  println(s"ok: Scala 3, 2 members, a frame of ${frame.length} bytes")
