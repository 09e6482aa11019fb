package org.mpotr.session.files;

/**
 * How much a member shares at a time (PROTOCOL.md, section 11). The size of a file is bounded by
 * the session, see {@link org.mpotr.epoch.Limits#fileBytes()}.
 *
 * @param files the most files at a time, one's own among them, 1 to 4,096
 * @param filesOfOneMember the most files that one other member offers at a time, 1 to {@code files}
 */
public record FileLimits(int files, int filesOfOneMember) {

  /** 64 files, 16 of one member. */
  public static final FileLimits DEFAULT = new FileLimits(64, 16);

  private static final int MAX_FILES = 4_096;

  /**
   * @throws IllegalArgumentException when a number is out of its range
   */
  public FileLimits {
    if (files < 1 || files > MAX_FILES || filesOfOneMember < 1 || filesOfOneMember > files) {
      throw new IllegalArgumentException("a limit of files is out of its range");
    }
  }
}
