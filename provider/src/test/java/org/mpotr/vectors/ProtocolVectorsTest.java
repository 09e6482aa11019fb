package org.mpotr.vectors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.mpotr.reference.Epoch;
import org.mpotr.reference.Frame;

/**
 * Whole runs of the protocol, byte for byte: the files of vectors are what the reference
 * implementation makes from PROTOCOL.md alone, and the library gives the same bytes through JCA.
 * {@code -Dmpotr.regenerate=true} writes the files anew.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProtocolVectorsTest {

  @TestFactory
  @Order(1)
  Stream<DynamicTest> referenceMakesTheVectors() {
    return Stories.all().stream()
        .map(
            story ->
                DynamicTest.dynamicTest(
                    story.name(),
                    () -> {
                      agree(story);
                      new VectorFile(story.name()).check(StoryJson.of(story));
                    }));
  }

  @TestFactory
  Stream<DynamicTest> libraryMakesTheVectors() {
    return Stream.of(
            "three-members",
            "signature",
            "pre-shared-key",
            "two-members",
            "resumption",
            "ten-members")
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () -> {
                      var story = new VectorFile(name).read();
                      LibraryRun.play(story, story.getAsJsonArray("epochs").size());
                    }));
  }

  /** The reference's own members agree with each other, and open what they say. */
  private static void agree(Story story) throws Exception {
    for (Story.Chapter chapter : story.chapters()) {
      Epoch first = chapter.run().seats().get(0).epoch();
      for (var seat : chapter.run().seats()) {
        assertArrayEquals(first.secret(), seat.epoch().secret());
        for (Story.Said said : chapter.said()) {
          Frame.Content opened = Frame.open(seat.epoch(), said.made().frame());
          assertArrayEquals(said.content().content(), opened.content());
          assertEquals(said.content().seq(), opened.seq());
        }
      }
    }
  }
}
