package org.mpotr.chat.terminal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jline.keymap.BindingReader;
import org.jline.keymap.KeyMap;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;

/**
 * The whole screen of a terminal: what was said with its status at the right, which changes in
 * place; below it files that come in, who is here, and the line that is being typed.
 */
public final class ScreenTerminal implements Front, AutoCloseable {

  private static final int MAX_ROWS = 2_000;
  private static final int BAR_CELLS = 20;
  private static final AttributedStyle PLAIN = AttributedStyle.DEFAULT;
  private static final AttributedStyle FAINT = PLAIN.faint();
  private static final AttributedStyle ALARM = PLAIN.bold().foreground(AttributedStyle.RED);
  private static final AttributedStyle DONE = PLAIN.foreground(AttributedStyle.GREEN);

  private enum Key {
    ENTER,
    TYPED,
    BACKSPACE,
    DELETE,
    LEFT,
    RIGHT,
    HOME,
    END,
    EARLIER,
    LATER,
    CUT_START,
    CUT_END,
    CUT_WORD,
    REDRAW,
    QUIT
  }

  /** A note, or a line of the conversation. */
  private record Row(String text, Line line) {}

  private record Bar(String name, int present, int count) {}

  private final Terminal terminal;
  private final Attributes before;
  private final Display display;
  private final LineEditor editor = new LineEditor();
  private final List<Row> rows = new ArrayList<>();
  private final Map<Integer, Bar> bars = new LinkedHashMap<>();
  private String roster = "";
  private boolean isClosed;

  /** Takes the terminal that the program was started in. */
  public ScreenTerminal() throws IOException {
    this(TerminalBuilder.builder().system(true).dumb(false).build());
  }

  ScreenTerminal(Terminal terminal) {
    this.terminal = terminal;
    this.before = terminal.enterRawMode();
    this.display = new Display(terminal, true);
    terminal.puts(Capability.enter_ca_mode);
    terminal.puts(Capability.keypad_xmit);
    terminal.handle(Terminal.Signal.WINCH, signal -> resized());
    resized();
  }

  private synchronized void resized() {
    Size size = terminal.getSize();
    display.resize(Math.max(4, size.getRows()), Math.max(20, size.getColumns()));
    display.clear();
    draw();
  }

  // What is shown

  @Override
  public synchronized void note(String text) {
    add(new Row(text, null));
  }

  @Override
  public synchronized void said(Line line) {
    add(new Row(line.speaker() + ": " + line.text(), line));
  }

  private void add(Row row) {
    rows.add(row);
    if (rows.size() > MAX_ROWS) {
      rows.remove(0);
    }
    draw();
  }

  @Override
  public synchronized void changed(Line line) {
    for (int i = rows.size() - 1; i >= 0; i--) {
      Line shown = rows.get(i).line();
      if (shown != null && shown.number() == line.number()) {
        rows.set(i, new Row(rows.get(i).text(), line));
        draw();
        return;
      }
    }
  }

  @Override
  public synchronized void roster(List<Seat> seats, int others) {
    StringBuilder text = new StringBuilder();
    for (Seat seat : seats) {
      text.append(text.length() == 0 ? " " : "  ").append(seat.nickname());
      if (seat.isSelf()) {
        text.append(" (you)");
      } else if (seat.isVerified()) {
        text.append(" ✓");
      }
      if (!seat.isFullyIn()) {
        text.append(" (may read)");
      }
    }
    if (seats.isEmpty()) {
      text.append(" nobody yet");
    }
    roster = text.toString();
    draw();
  }

  @Override
  public synchronized void progress(int number, String name, int present, int count) {
    if (present >= count) {
      bars.remove(number);
    } else {
      bars.put(number, new Bar(name, present, count));
    }
    draw();
  }

  @Override
  public synchronized void secret(boolean isWanted) {
    editor.secret(isWanted);
    draw();
  }

  private void draw() {
    if (isClosed) {
      return;
    }
    int width = Math.max(20, terminal.getWidth());
    int height = Math.max(4, terminal.getHeight());
    List<AttributedString> bottom = bottom(width);
    List<AttributedString> lines = conversation(width, Math.max(0, height - bottom.size()));
    lines.addAll(bottom);
    int input = 2 + new AttributedString(editor.beforeCursor()).columnLength();
    int cursor = (lines.size() - 1) * (width + 1) + Math.min(input, width - 1);
    display.update(lines, cursor);
    terminal.flush();
  }

  private List<AttributedString> bottom(int width) {
    List<AttributedString> lines = new ArrayList<>();
    bars.forEach(
        (number, bar) -> {
          int full = (int) ((long) bar.present() * BAR_CELLS / Math.max(1, bar.count()));
          lines.add(
              cut(
                  "file "
                      + number
                      + " ["
                      + "█".repeat(full)
                      + "░".repeat(BAR_CELLS - full)
                      + "] "
                      + bar.name(),
                  FAINT,
                  width));
        });
    lines.add(cut(pad(roster, width), PLAIN.inverse(), width));
    AttributedString typed = new AttributedString("> " + editor.shown());
    int over = typed.columnLength() - (width - 1);
    lines.add(over > 0 ? typed.columnSubSequence(over, over + width - 1) : typed);
    return lines;
  }

  private static String pad(String text, int width) {
    int missing = width - new AttributedString(text).columnLength();
    return missing > 0 ? text + " ".repeat(missing) : text;
  }

  private static AttributedString cut(String text, AttributedStyle style, int width) {
    return new AttributedString(text, style).columnSubSequence(0, width);
  }

  /** The newest rows that fit, the last one at the bottom. */
  private List<AttributedString> conversation(int width, int height) {
    List<AttributedString> lines = new ArrayList<>();
    for (int i = rows.size() - 1; i >= 0 && lines.size() < height; i--) {
      lines.addAll(0, wrapped(rows.get(i), width));
    }
    while (lines.size() > height) {
      lines.remove(0);
    }
    while (lines.size() < height) {
      lines.add(0, AttributedString.EMPTY);
    }
    return lines;
  }

  private static List<AttributedString> wrapped(Row row, int width) {
    if (row.line() == null) {
      return new AttributedString("* " + row.text(), FAINT).columnSplitLength(width);
    }
    String status = "  [" + row.line().status() + "]";
    int room = width - new AttributedString(status).columnLength();
    List<AttributedString> parts =
        new ArrayList<>(new AttributedString(row.text()).columnSplitLength(Math.max(10, room)));
    AttributedString last = parts.get(parts.size() - 1);
    int gap = Math.max(0, room - last.columnLength());
    parts.set(
        parts.size() - 1,
        new AttributedStringBuilder()
            .append(last)
            .append(" ".repeat(gap))
            .append(status, style(row.line()))
            .toAttributedString());
    return parts;
  }

  private static AttributedStyle style(Line line) {
    if (line.status().startsWith("overdue") || line.status().equals("conflict")) {
      return ALARM;
    }
    return line.isSettled() ? DONE : FAINT;
  }

  // What is typed

  private KeyMap<Key> keys() {
    KeyMap<Key> keys = new KeyMap<>();
    keys.setUnicode(Key.TYPED);
    for (char c = ' '; c < 0x7f; c++) {
      keys.bind(Key.TYPED, Character.toString(c));
    }
    keys.bind(Key.ENTER, "\r", "\n");
    keys.bind(Key.BACKSPACE, "\b", "\u007f");
    keys.bind(Key.CUT_START, KeyMap.ctrl('U'));
    keys.bind(Key.CUT_END, KeyMap.ctrl('K'));
    keys.bind(Key.CUT_WORD, KeyMap.ctrl('W'));
    keys.bind(Key.HOME, KeyMap.ctrl('A'));
    keys.bind(Key.END, KeyMap.ctrl('E'));
    keys.bind(Key.REDRAW, KeyMap.ctrl('L'));
    keys.bind(Key.QUIT, KeyMap.ctrl('D'), KeyMap.ctrl('C'));
    bind(keys, Key.DELETE, Capability.key_dc);
    bind(keys, Key.LEFT, Capability.key_left);
    bind(keys, Key.RIGHT, Capability.key_right);
    bind(keys, Key.HOME, Capability.key_home);
    bind(keys, Key.END, Capability.key_end);
    bind(keys, Key.EARLIER, Capability.key_up);
    bind(keys, Key.LATER, Capability.key_down);
    return keys;
  }

  private void bind(KeyMap<Key> keys, Key key, Capability capability) {
    String sequence = KeyMap.key(terminal, capability);
    if (sequence != null) {
      keys.bind(key, sequence);
    }
  }

  /**
   * Hands over typed lines, which their taker clears, until it wants no more or the person quits.
   */
  public void follow(Predicate<char[]> taker) {
    BindingReader reader = new BindingReader(terminal.reader());
    KeyMap<Key> keys = keys();
    Key key = reader.readBinding(keys);
    while (key != null && key != Key.QUIT) {
      if (key == Key.ENTER) {
        char[] line = take();
        if (!taker.test(line)) {
          return;
        }
      } else {
        edit(key, reader.getLastBinding());
      }
      key = reader.readBinding(keys);
    }
  }

  private synchronized char[] take() {
    char[] line = editor.take();
    draw();
    return line;
  }

  private synchronized void edit(Key key, String typed) {
    switch (key) {
      case TYPED -> editor.insert(typed);
      case BACKSPACE -> editor.backspace();
      case DELETE -> editor.delete();
      case LEFT -> editor.left();
      case RIGHT -> editor.right();
      case HOME -> editor.home();
      case END -> editor.end();
      case EARLIER -> editor.recallEarlier();
      case LATER -> editor.recallLater();
      case CUT_START -> editor.deleteToStart();
      case CUT_END -> editor.deleteToEnd();
      case CUT_WORD -> editor.deleteWord();
      case REDRAW -> display.clear();
      case ENTER, QUIT -> throw new IllegalStateException("not an edit: " + key);
    }
    draw();
  }

  /** Gives the terminal back as it was. */
  @Override
  public synchronized void close() throws IOException {
    if (!isClosed) {
      isClosed = true;
      terminal.puts(Capability.keypad_local);
      terminal.puts(Capability.exit_ca_mode);
      terminal.setAttributes(before);
      terminal.flush();
      terminal.close();
    }
  }
}
