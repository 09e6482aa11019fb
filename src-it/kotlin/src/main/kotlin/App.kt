package org.mpotr.it

import java.security.Key
import java.security.KeyPairGenerator
import javax.crypto.Cipher
import javax.crypto.KeyAgreement
import org.mpotr.MpotrProvider
import org.mpotr.agreement.RoundKey
import org.mpotr.agreement.SessionParameterSpec
import org.mpotr.framing.FrameParameterSpec

/** Two members agree on a key, and one reads what the other says. */
fun main() {
    val mpotr = MpotrProvider.instance()
    var round = listOf<Key>()
    val members = listOf("alice", "bob").map { nickname ->
        val identity = KeyPairGenerator.getInstance("mpOTR", mpotr).generateKeyPair()
        KeyAgreement.getInstance("mpOTR", mpotr).apply {
            init(identity.private, SessionParameterSpec.of("#tea", nickname))
            round += doPhase(identity.public, false)
        }
    }
    for (last in listOf(false, false, false, true)) {
        val heard = RoundKey.of(round)
        round = members.mapNotNull { it.doPhase(heard, last) }
    }
    val (alice, bob) = members.map { it.generateSecret("mpOTR") }
    val cipher = Cipher.getInstance("mpOTR", mpotr)
    cipher.init(Cipher.ENCRYPT_MODE, alice, FrameParameterSpec.text(0))
    val frame = cipher.doFinal("tea at five?".encodeToByteArray())
    cipher.init(Cipher.DECRYPT_MODE, bob)
    val text = cipher.doFinal(frame).decodeToString()
    if (text != "tea at five?") throw AssertionError("not what alice said")
    println("ok: Kotlin ${KotlinVersion.CURRENT}, 2 members, a frame of ${frame.size} bytes")
}
