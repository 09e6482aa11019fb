package org.mpotr.chat.relay;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.SocketAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.mpotr.chat.relay.RelayLimits.Patience;
import org.mpotr.chat.transport.AccessToken;

/** Serves requests: a message is posted to a channel, or read from it. */
final class Requests implements Handler<HttpServerRequest> {

  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final System.Logger LOG = System.getLogger(Requests.class.getName());

  private final Vertx vertx;
  private final RelayLimits limits;
  private final Optional<AccessToken> token;
  private final Channels channels;
  private final Visitors visitors;
  private final Metrics metrics;
  private final RelayObserver observer;
  private final Answers answers;
  private final Posting.Room room;
  private boolean isStopping;

  Requests(
      Vertx vertx,
      RelayOptions options,
      Channels channels,
      Visitors visitors,
      Metrics metrics,
      RelayObserver observer) {
    this.vertx = vertx;
    this.limits = options.limits();
    this.token = options.token();
    this.channels = channels;
    this.visitors = visitors;
    this.metrics = metrics;
    this.observer = observer;
    this.answers = new Answers(metrics, observer);
    this.room = new Posting.Room(limits.backlog().totalBytes());
  }

  /** From now on everything is refused. */
  void stop() {
    isStopping = true;
  }

  @Override
  public void handle(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    request.exceptionHandler(e -> {});
    response.exceptionHandler(e -> {});
    response.putHeader("Cache-Control", "no-store").putHeader("X-Content-Type-Options", "nosniff");
    try {
      serve(request);
    } catch (RelayRefusal e) {
      saw(request, Buffer.buffer());
      answers.refuse(response, e);
    } catch (RuntimeException e) {
      failed(response, e);
    }
  }

  private void serve(HttpServerRequest request) throws RelayRefusal {
    if (isStopping) {
      throw RelayRefusal.stopping();
    }
    String path = request.path() == null ? "" : request.path();
    boolean isGet = request.method().equals(HttpMethod.GET);
    if (path.equals("/health")) {
      requireMethod(isGet);
      saw(request, Buffer.buffer());
      answers.send(request.response(), OK, "ok\n");
      return;
    }
    Visitor visitor = visitors.at(request.remoteAddress());
    requireAllowed(visitor);
    requireToken(request, visitor);
    if (path.equals("/metrics")) {
      requireMethod(isGet);
      saw(request, Buffer.buffer());
      answers.send(request.response(), OK, metrics.text(channels));
      return;
    }
    Patience patience = limits.patience();
    ChannelRequest wanted = ChannelRequest.of(path, request.query(), patience.longestWait());
    if (isGet) {
      saw(request, Buffer.buffer());
      listen(request, wanted, visitor);
    } else {
      requireMethod(request.method().equals(HttpMethod.POST));
      new Posting(request, limits.messageBytes(), room, accepting(request, wanted, visitor))
          .read(vertx, patience.request());
    }
  }

  private static void requireMethod(boolean isRight) throws RelayRefusal {
    if (!isRight) {
      throw new RelayRefusal(RelayRefusal.METHOD_NOT_ALLOWED, "only GET and POST");
    }
  }

  private static void requireAllowed(Visitor visitor) throws RelayRefusal {
    Duration wait = visitor.allowance.untilAllowed();
    if (!wait.isZero()) {
      throw RelayRefusal.tooFast(wait);
    }
  }

  /** Whoever guesses tokens uses up what it may send. */
  private void requireToken(HttpServerRequest request, Visitor visitor) throws RelayRefusal {
    String shown = request.getHeader("Authorization");
    if (token.isPresent() && !token.get().isShownBy(shown)) {
      visitor.allowance.take(0);
      throw new RelayRefusal(RelayRefusal.UNAUTHORIZED, "the relay asks for a token");
    }
  }

  private Posting.Outcome accepting(
      HttpServerRequest request, ChannelRequest wanted, Visitor visitor) {
    return new Posting.Outcome() {
      @Override
      public void complete(Buffer body) {
        saw(request, body);
        try {
          post(request, wanted, visitor, body);
        } catch (RelayRefusal e) {
          answers.refuse(request.response(), e);
        } catch (RuntimeException e) {
          failed(request.response(), e);
        }
      }

      @Override
      public void refused(Buffer part, RelayRefusal refusal) {
        saw(request, part);
        answers.refuse(request.response(), refusal);
      }
    };
  }

  private void post(HttpServerRequest request, ChannelRequest wanted, Visitor visitor, Buffer body)
      throws RelayRefusal {
    if (isStopping) {
      throw RelayRefusal.stopping();
    }
    channels
        .append(wanted.channel(), visitor, body)
        .onSuccess(
            message -> {
              observer.accepted(
                  new LogEntry(
                      wanted.channel(),
                      message.number(),
                      message.length(),
                      address(request.remoteAddress())));
              answers.send(request.response(), CREATED, message.number() + "\n");
            })
        .onFailure(
            e -> {
              metrics.failed();
              answers.refuse(
                  request.response(),
                  new RelayRefusal(RelayRefusal.FULL, "the relay cannot store the message"));
            });
  }

  private void listen(HttpServerRequest request, ChannelRequest wanted, Visitor visitor)
      throws RelayRefusal {
    Channel channel = channels.open(wanted.channel(), visitor);
    HttpServerResponse response = request.response();
    String accept = request.getHeader("Accept");
    if (accept != null && accept.contains("text/event-stream")) {
      EventStream stream = new EventStream(channel, response, metrics, observer, limits.patience());
      channels.add(channel, visitor, stream);
      metrics.answered(OK);
      stream.start(resumed(request, wanted), () -> channels.remove(channel, visitor, stream));
      return;
    }
    LongPoll poll = new LongPoll(vertx, channel, response, metrics, answers);
    if (!poll.answerAtOnce(wanted.from(), wanted.patience())) {
      channels.add(channel, visitor, poll);
      poll.start(wanted.patience(), () -> channels.remove(channel, visitor, poll));
    }
  }

  /** A reader that comes back says what it had last; what it asked for at first counts no more. */
  private static Optional<Position> resumed(HttpServerRequest request, ChannelRequest wanted) {
    String last = request.getHeader("Last-Event-ID");
    return last == null
        ? wanted.from()
        : Optional.of(Position.parse(last).map(Position::next).orElse(Position.NOWHERE));
  }

  private void failed(HttpServerResponse response, RuntimeException e) {
    // The kind only: messages of exceptions may repeat what somebody has sent.
    LOG.log(System.Logger.Level.WARNING, "a request failed: " + e.getClass().getName());
    metrics.failed();
    answers.refuse(response, new RelayRefusal(RelayRefusal.FAILED, "the relay failed"));
  }

  private void saw(HttpServerRequest request, Buffer body) {
    if (observer != RelayObserver.NONE) {
      observer.saw(new Sighting(head(request), body.toString(StandardCharsets.ISO_8859_1)));
    }
  }

  private static String head(HttpServerRequest request) {
    StringBuilder head = new StringBuilder();
    head.append(request.remoteAddress()).append('\n');
    head.append(request.method()).append(' ');
    head.append(request.uri()).append(' ');
    head.append(request.version()).append('\n');
    request
        .headers()
        .forEach(
            header -> {
              boolean isSecret = header.getKey().equalsIgnoreCase("Authorization");
              String value = isSecret ? "..." : header.getValue();
              head.append(header.getKey()).append(": ").append(value).append('\n');
            });
    return head.toString();
  }

  private static InetSocketAddress address(SocketAddress address) {
    return InetSocketAddress.createUnresolved(address.hostAddress(), address.port());
  }
}
