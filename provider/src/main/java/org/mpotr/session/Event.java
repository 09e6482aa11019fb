package org.mpotr.session;

import java.util.List;
import java.util.Optional;
import org.mpotr.agreement.SetupCheck;
import org.mpotr.agreement.SetupFailedException;
import org.mpotr.epoch.Change;
import org.mpotr.epoch.ChangeReason;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.Member;
import org.mpotr.epoch.Roster;
import org.mpotr.error.ErrorCode;
import org.mpotr.framing.FrameKind;
import org.mpotr.framing.FrameParameterSpec;
import org.mpotr.session.transcript.Transcript;
import org.mpotr.wire.Bytes;

/**
 * What a channel has to say to its application. Members are those of the epoch concerned: the same
 * person has another member id in each.
 */
public sealed interface Event {

  /** A set-up has begun, with so many who said HELLO. Nobody is known yet. */
  record Joining(long epoch, int candidates) implements Event {}

  /**
   * Everybody in a set-up has shown who it is, and from now on each of them may come to read what
   * the epoch will say.
   */
  record MayRead(long epoch, Roster roster) implements Event {}

  /**
   * An epoch is attested by all: its members are fully in, and what is sent from now on is for
   * them.
   *
   * @param own one's own place in the roster
   * @param joined those who were not in the epoch before
   * @param left those of the epoch before who are not in this one
   */
  record EpochOpened(
      EpochParameters parameters,
      Bytes sid,
      Roster roster,
      int own,
      List<Member> joined,
      List<Member> left,
      String groupCode)
      implements Event {

    /** The epoch of a key, after one with these members, or nobody. */
    static EpochOpened of(GroupKey key, List<Member> before) {
      List<Member> members = key.roster().members();
      return new EpochOpened(
          key.parameters(),
          key.sid(),
          key.roster(),
          key.ownIndex(),
          without(members, before),
          without(before, members),
          key.groupCode());
    }

    private static List<Member> without(List<Member> members, List<Member> others) {
      return members.stream()
          .filter(one -> others.stream().noneMatch(o -> o.identity().equals(one.identity())))
          .toList();
    }
  }

  /**
   * Somebody said something; one's own frames come here too.
   *
   * @param sid of the epoch in which it was said
   * @param epoch the number of that epoch, from 0
   * @param id of the frame
   * @param kind text, a file offer, or one of the application's own
   * @param content what was said
   * @param received milliseconds since 1970, by the own clock
   * @param status how far it had come when it was delivered; {@link StatusChanged} goes on from
   *     there
   * @param conflictsWith the other frame of its sender in the same place, where there is one
   */
  record MessageDelivered(
      Bytes sid,
      long epoch,
      Bytes id,
      Member sender,
      FrameKind kind,
      Bytes content,
      long received,
      Status status,
      Optional<Bytes> conflictsWith)
      implements Event {

    /** What a frame that was delivered says. */
    static MessageDelivered of(Epoch epoch, Transcript.Delivery delivery, long received) {
      FrameParameterSpec spec = delivery.spec();
      return new MessageDelivered(
          epoch.sid(),
          epoch.key().parameters().epoch(),
          spec.id().orElseThrow(),
          epoch.member(spec.sender().orElseThrow()),
          spec.kind(),
          Bytes.of(delivery.content()),
          received,
          Status.of(epoch, delivery),
          delivery.conflictsWith());
    }
  }

  /** A member said something to this member alone; the rest as in {@link MessageDelivered}. */
  record PrivateMessageDelivered(
      Bytes sid, long epoch, Bytes id, Member sender, Bytes content, long received, Status status)
      implements Event {

    /** What a frame that was delivered says to this member. */
    static PrivateMessageDelivered of(
        Epoch epoch, Transcript.Delivery delivery, byte[] content, long received) {
      return new PrivateMessageDelivered(
          epoch.sid(),
          epoch.key().parameters().epoch(),
          delivery.spec().id().orElseThrow(),
          epoch.member(delivery.spec().sender().orElseThrow()),
          Bytes.of(content),
          received,
          Status.of(epoch, delivery));
    }
  }

  /**
   * Something that was to be sent has gone out.
   *
   * @param number what {@link Channel#send} gave
   * @param sid of the epoch in which it is said, and who may read it
   * @param id of the frame
   */
  record Sent(long number, Bytes sid, Bytes id) implements Event {}

  /** Something that waited to be sent never will be: the group it was for is no more. */
  record NotSent(long number) implements Event {}

  /** A message has come further, or no further for too long. */
  record StatusChanged(Bytes sid, Bytes id, Status status) implements Event {}

  /**
   * Another member asks for a secret that both know, see {@link Channel#answerSmp}.
   *
   * @param question the asking member's hint, to be shown as that member's text
   */
  record SmpAsked(Bytes sid, Member member, String question) implements Event {}

  /** A run of the socialist millionaires' protocol that verified nobody. */
  record SmpEnded(Bytes sid, Member member, Outcome outcome) implements Event {

    /** Why it did not. */
    public enum Outcome {
      /** The two secrets differ: somebody has mistyped, or is not who it seems. */
      DIFFERENT,
      /** One side ended it, or the epoch did. */
      ABORTED,
      /** The other side broke the protocol. */
      BROKEN,
      /** The other side has asked more than three times in this epoch. */
      TOO_OFTEN
    }
  }

  /**
   * A person is verified: the application has said so, see {@link Channel#verify}, or it knows the
   * same secret.
   */
  record Verified(Bytes sid, Member member, Verification how) implements Event {}

  /**
   * A member said two things in one place: both frames together prove it.
   *
   * @param first one frame as it travelled, or nothing when all had confirmed it
   * @param second the other one
   */
  record ConflictFound(Bytes sid, Member member, Optional<Bytes> first, Bytes second)
      implements Event {}

  /** A member's view of the transcript differs, in the frames of these members. */
  record Divergence(Bytes sid, Member reporter, List<Member> concerned) implements Event {}

  /** Members are not heard of for too long. */
  record MembersOverdue(Bytes sid, List<Member> members) implements Event {}

  /** A member leaves; what it said before holds. */
  record MemberLeaving(Bytes sid, Member member) implements Event {}

  /**
   * A change of the group is under way, proposed by a member.
   *
   * @param removed those who are to be left out
   * @param added how many candidates are to be let in
   */
  record ChangeProposed(
      Bytes sid,
      Member proposer,
      Change change,
      ChangeReason reason,
      List<Member> removed,
      int added)
      implements Event {}

  /** The others go on without this member, by a proposal that all of them followed. */
  record Removed(Bytes sid, Member proposer, ChangeReason reason) implements Event {}

  /**
   * The keys of an epoch are erased here.
   *
   * @param inFull whether all members ended it together; otherwise its time was over
   */
  record EpochClosed(Bytes sid, boolean inFull) implements Event {}

  /** A member's keys of a closed epoch are public: from now on anybody can write its frames. */
  record KeysPublished(Bytes sid, Member member) implements Event {}

  /** Somebody has seen the keys that this member published. */
  record KeysSeen(Bytes sid) implements Event {}

  /** Somebody who is not in the group says HELLO. */
  record CandidateSeen(Bytes helloHash) implements Event {}

  /**
   * A candidate has shown in a lobby who it is. Where the policy says so, it waits for {@link
   * Channel#vouch}.
   *
   * @param candidate as a member of the lobby
   */
  record CandidateMet(Member candidate) implements Event {}

  /** The group has parts that do not hear each other, or did not; the sizes are known by proof. */
  record PartsFound(Bytes sid, int own, int other, boolean joinsTheOther) implements Event {}

  /**
   * A part of a file was sent or is asked for, see package files. Offers are messages of kind file.
   */
  record FileFrame(Bytes sid, Member sender, FrameKind kind, Bytes content) implements Event {}

  /**
   * A set-up did not lead to a key.
   *
   * @param member the place of the member concerned, or -1
   */
  record SetupFailed(long epoch, ErrorCode code, Optional<SetupCheck> check, int member)
      implements Event {

    /** The failure of a check, or without one of the own identity key. */
    static SetupFailed of(long epoch, Optional<SetupFailedException> failure) {
      return new SetupFailed(
          epoch,
          failure.map(e -> e.check().error()).orElse(ErrorCode.SETUP_FAILED),
          failure.map(SetupFailedException::check),
          failure.map(e -> e.memberIndex().orElse(-1)).orElse(-1));
    }
  }

  /** Something was refused, or went wrong, that concerns no message of one's own. */
  record Failed(ErrorCode code, String what) implements Event {}

  /** The channel is over for this member. */
  record ChannelClosed() implements Event {}
}
