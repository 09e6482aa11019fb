package org.mpotr.vectors;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.mpotr.reference.Epoch;
import org.mpotr.reference.Frame;
import org.mpotr.reference.Inputs;
import org.mpotr.reference.Parameters;
import org.mpotr.reference.Run;
import org.mpotr.reference.Watcher;

/** The runs that the vectors record, as the reference implementation plays them. */
final class Stories {

  private static final byte[] NOTHING = {};
  private static final int OPEN = 1;
  private static final int PRE_SHARED_KEY = 3;
  private static final int TEXT = 1;
  private static final int ACK = 2;

  private Stories() {}

  static List<Story> all() {
    return List.of(
        threeMembers(), signature(), preSharedKey(), twoMembers(), resumption(), tenMembers());
  }

  private static Parameters parameters(String channel, int authentication, int padding) {
    return parameters(channel, 0, NOTHING, authentication, false, 5, padding);
  }

  private static Parameters parameters(
      String channel,
      long epoch,
      byte[] previousSid,
      int authentication,
      boolean psk,
      int resumptions,
      int padding) {
    return new Parameters(
        1,
        channel,
        epoch,
        previousSid,
        authentication,
        psk ? PRE_SHARED_KEY : OPEN,
        psk ? 1 : 0,
        NOTHING,
        0,
        0,
        0,
        60,
        3_600,
        600,
        1_000,
        resumptions,
        256,
        1 << 16,
        1L << 32,
        padding);
  }

  static Run.Participant newcomer(Inputs inputs) {
    return new Run.Participant(inputs, OptionalInt.empty(), Set.of());
  }

  private static Run first(Material material, Parameters parameters, byte[] psk, String... names) {
    List<Run.Participant> participants = new ArrayList<>();
    for (String name : names) {
      participants.add(newcomer(material.member(name, 0)));
    }
    return new Run(parameters, psk, participants, Optional.empty(), Map.of(), Run.Relay.HONEST)
        .play();
  }

  static Story threeMembers() {
    Material material = new Material("three-members");
    Run run =
        first(
            material,
            parameters("#tea", Parameters.TRIPLE_DH, 1),
            NOTHING,
            "alice",
            "bob",
            "carol");
    Talk talk = new Talk(material, run);
    byte[] question = talk.say(0, TEXT, "tea at five?", List.of());
    byte[] answer = talk.say(1, TEXT, "yes, with cake", List.of(question));
    byte[] cake = talk.say(2, TEXT, "cake! ".repeat(40).strip(), List.of(question));
    talk.say(0, ACK, "", List.of(question, answer, cake));
    talk.say(1, 128, "of the application's own", List.of(answer, cake));
    return new Story(
        "three-members",
        "three members, triple-dh, Padmé; frames with parents",
        false,
        List.of(talk.chapter()));
  }

  private static Story signature() {
    Material material = new Material("signature");
    Run run =
        first(
            material,
            parameters("#signed", Parameters.SIGNATURE, 0),
            NOTHING,
            "alice",
            "bob",
            "carol");
    Talk talk = new Talk(material, run);
    talk.say(2, TEXT, "signed, and not padded", List.of());
    return new Story("signature", "three members, mode signature", false, List.of(talk.chapter()));
  }

  private static Story preSharedKey() {
    Material material = new Material("pre-shared-key");
    Parameters parameters = parameters("#café", 0, NOTHING, Parameters.TRIPLE_DH, true, 5, 1);
    byte[] psk = material.bytes("psk", 32);
    Run run = first(material, parameters, psk, "Zoë", "Łukasz", "Ольга");
    Talk talk = new Talk(material, run);
    byte[] first = talk.say(1, TEXT, "dzień dobry", List.of());
    talk.say(1, TEXT, "x".repeat(1_000), List.of(first));
    return new Story(
        "pre-shared-key",
        "three members, a random pre-shared key, Padmé, names and a channel beyond ASCII",
        false,
        List.of(talk.chapter()));
  }

  private static Story twoMembers() {
    Material material = new Material("two-members");
    Run run = first(material, parameters("#two", Parameters.TRIPLE_DH, 0), NOTHING, "alice", "bob");
    Talk talk = new Talk(material, run);
    List<byte[]> many = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      many.add(material.bytes("parent " + i, 32));
    }
    talk.say(0, TEXT, "", List.of());
    talk.say(1, TEXT, "as many parents as there may be", many);
    return new Story(
        "two-members", "two members, the smallest group", false, List.of(talk.chapter()));
  }

  private static Story tenMembers() {
    Material material = new Material("ten-members");
    String[] names = new String[10];
    for (int i = 0; i < names.length; i++) {
      names[i] = "member " + (char) ('a' + i);
    }
    Run run = first(material, parameters("#ten", Parameters.TRIPLE_DH, 0), NOTHING, names);
    return new Story(
        "ten-members",
        "ten members; of messages their SHA-512 alone",
        true,
        List.of(new Story.Chapter(run, List.of())));
  }

  /**
   * alice, bob and carol go on into a second and a third epoch, dave comes in the second. In the
   * second, bob does not know whose carol's HELLO is, so that their flags differ and they run in
   * full; with one resumption in a row allowed, the pairs that resumed run in full in the third and
   * the others resume.
   */
  private static Story resumption() {
    Material material = new Material("resumption");
    List<Story.Chapter> chapters = new ArrayList<>();
    Run run = null;
    List<String> names = List.of("alice", "bob", "carol", "dave");
    for (int epoch = 0; epoch < 3; epoch++) {
      byte[] previousSid = run == null ? NOTHING : run.seats().get(0).epoch().sid();
      Parameters parameters =
          parameters("#change", epoch, previousSid, Parameters.TRIPLE_DH, false, 1, 0);
      List<Run.Participant> participants = new ArrayList<>();
      for (String name : names.subList(0, epoch == 0 ? 3 : 4)) {
        boolean forgetful = epoch == 1 && name.equals("bob");
        participants.add(
            new Run.Participant(
                material.member(name, epoch),
                place(run, name),
                forgetful ? Set.of("carol") : Set.of()));
      }
      run =
          new Run(
                  parameters,
                  NOTHING,
                  participants,
                  Optional.ofNullable(run),
                  Map.of(),
                  Run.Relay.HONEST)
              .play();
      Talk talk = new Talk(material, run);
      talk.say(epoch, TEXT, "epoch " + epoch, List.of());
      chapters.add(talk.chapter());
    }
    return new Story(
        "resumption",
        "three epochs: a newcomer, pairs that resume and pairs that run in full",
        false,
        chapters);
  }

  private static OptionalInt place(Run before, String nickname) {
    for (int i = 0; before != null && i < before.seats().size(); i++) {
      if (before.seats().get(i).inputs().nickname().equals(nickname)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /** What is said in an epoch. */
  private static final class Talk {
    private final Material material;
    private final Run run;
    private final List<Story.Said> said = new ArrayList<>();
    private final int[] lines;

    Talk(Material material, Run run) {
      this.material = material;
      this.run = run;
      this.lines = new int[run.seats().size()];
    }

    /** One frame more; gives its id. */
    byte[] say(int sender, int kind, String text, List<byte[]> parents) {
      String own = "frame " + run.parameters().epoch() + "/" + said.size() + "/";
      byte[] hedge = material.bytes(own + "hedge", 32);
      Frame.Content content =
          new Frame.Content(
              kind,
              lines[sender]++,
              parents.stream().sorted(Arrays::compareUnsigned).toList(),
              text.getBytes(StandardCharsets.UTF_8));
      Run.Seat seat = run.seats().get(sender);
      Epoch epoch = seat.epoch();
      Frame.Made made =
          Frame.make(
              epoch,
              sender,
              seat.inputs().e(),
              content,
              material.bytes(own + "iv", 16),
              hedge,
              Watcher.NONE);
      said.add(new Story.Said(sender, content, hedge, made));
      return made.id();
    }

    Story.Chapter chapter() {
      return new Story.Chapter(run, List.copyOf(said));
    }
  }
}
