package org.mpotr.chat.terminal;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mpotr.epoch.Member;
import org.mpotr.error.ErrorCode;
import org.mpotr.session.Event;
import org.mpotr.session.Status;

/** What events are called when people are told of them. */
final class Wording {

  private Wording() {}

  /** How far a message has come. */
  static String of(Status status) {
    if (status.isInConflict()) {
      return "conflict";
    }
    if (status.isConfirmedByAll()) {
      return "all";
    }
    String count = status.confirmed() == 0 ? "sent" : status.confirmed() + " of " + status.of();
    return status.isOverdue() ? "overdue, " + count : count;
  }

  static String names(List<Member> members) {
    return members.stream().map(Wording::name).collect(Collectors.joining(", "));
  }

  static String name(Member member) {
    return VisibleText.of(member.nickname().toString());
  }

  /** A sentence about an event; nothing about those that are shown in another way. */
  static Optional<String> of(Event event) {
    if (event instanceof Event.Joining joining) {
      return Optional.of("a set-up begins with " + joining.candidates() + " who said hello");
    } else if (event instanceof Event.MayRead mayRead) {
      return Optional.of("may read what comes next: " + names(mayRead.roster().members()));
    } else if (event instanceof Event.EpochOpened opened) {
      return Optional.of(opened(opened));
    } else if (event instanceof Event.NotSent) {
      return Optional.of("a message was NOT sent: the group that it was for is no more");
    } else if (event instanceof Event.ConflictFound conflict) {
      return Optional.of(
          "CONFLICT: " + name(conflict.member()) + " said two things in one place; it lies");
    } else if (event instanceof Event.Divergence divergence) {
      return Optional.of(
          "CONFLICT: "
              + name(divergence.reporter())
              + " has other messages of "
              + names(divergence.concerned())
              + " than you");
    } else if (event instanceof Event.MembersOverdue overdue) {
      return Optional.of("overdue: nothing is heard of " + names(overdue.members()));
    } else {
      return ofChange(event);
    }
  }

  /** Whether nobody has a reason to send such a message, or to make one of another. */
  static boolean isSuspicious(ErrorCode code) {
    // Whoever comes or goes hears what is said without it.
    return code != ErrorCode.UNKNOWN_EPOCH && code != ErrorCode.CLOSED;
  }

  /** So many messages were refused for a reason. */
  static String ofRefused(ErrorCode code, long count) {
    return code
        + ": "
        + count
        + (count == 1 ? " message" : " messages")
        + " refused"
        + (isSuspicious(code) ? "; somebody on the way alters or invents them" : "");
  }

  private static String opened(Event.EpochOpened opened) {
    StringBuilder text = new StringBuilder();
    if (!opened.joined().isEmpty()) {
      text.append("fully in: ").append(names(opened.joined())).append("; ");
    }
    if (!opened.left().isEmpty()) {
      text.append("no longer here: ").append(names(opened.left())).append("; ");
    }
    return text.append(opened.roster().size())
        .append(" are here, group code ")
        .append(opened.groupCode())
        .toString();
  }

  private static Optional<String> ofChange(Event event) {
    if (event instanceof Event.MemberLeaving leaving) {
      return Optional.of(name(leaving.member()) + " leaves");
    } else if (event instanceof Event.ChangeProposed proposed) {
      return Optional.of(
          name(proposed.proposer())
              + " proposes: "
              + proposed.change().toString().toLowerCase(Locale.ROOT)
              + (proposed.removed().isEmpty() ? "" : " " + names(proposed.removed())));
    } else if (event instanceof Event.Removed removed) {
      return Optional.of(
          "the others go on without you, as " + name(removed.proposer()) + " proposed");
    } else if (event instanceof Event.KeysPublished published) {
      return Optional.of(
          "the keys of " + name(published.member()) + " are public: anybody can have written it");
    } else if (event instanceof Event.CandidateMet met) {
      return Optional.of(
          name(met.candidate())
              + " wants to come in, fingerprint "
              + met.candidate().fingerprint());
    } else if (event instanceof Event.Verified verified) {
      return Optional.of(name(verified.member()) + " is verified");
    } else if (event instanceof Event.SmpEnded ended) {
      return Optional.of(name(ended.member()) + " is NOT verified: " + of(ended.outcome()));
    } else if (event instanceof Event.PartsFound parts) {
      return Optional.of(
          "the group has come apart, " + parts.own() + " here and " + parts.other() + " there");
    } else if (event instanceof Event.SetupFailed failed) {
      return Optional.of(
          "a set-up failed: " + failed.check().map(Object::toString).orElse(failed.code().code()));
    } else if (event instanceof Event.Failed failed) {
      return Optional.of(failed.code() + ": " + VisibleText.of(failed.what()));
    } else if (event instanceof Event.ChannelClosed) {
      return Optional.of("the channel is closed");
    }
    return Optional.empty();
  }

  private static String of(Event.SmpEnded.Outcome outcome) {
    return switch (outcome) {
      case DIFFERENT -> "you know different secrets";
      case ABORTED -> "the comparison was broken off";
      case BROKEN -> "the other side does not keep to the protocol";
      case TOO_OFTEN -> "it has asked too often";
    };
  }
}
