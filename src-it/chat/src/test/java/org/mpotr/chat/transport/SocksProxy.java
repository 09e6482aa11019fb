package org.mpotr.chat.transport;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A SOCKS5 proxy (RFC 1928) that takes every name for one address, and remembers the names. */
final class SocksProxy implements AutoCloseable {

  private static final int VERSION = 5;
  private static final int CONNECT = 1;
  private static final int NAME = 3;
  private static final int NO_AUTHENTICATION = 0;

  private final ServerSocket server;
  private final int port;
  private final List<String> names = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  /** Sends all connections to a port on loopback. */
  SocksProxy(int port) throws IOException {
    this.port = port;
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    run(this::accept);
  }

  InetSocketAddress address() {
    return InetSocketAddress.createUnresolved("127.0.0.1", server.getLocalPort());
  }

  /** What was asked for: host names as they were, other kinds of addresses by their number. */
  List<String> names() {
    return List.copyOf(names);
  }

  private void accept() throws IOException {
    while (!server.isClosed()) {
      Socket client = server.accept();
      sockets.add(client);
      run(() -> serve(client));
    }
  }

  private void serve(Socket client) throws IOException {
    DataInputStream input = new DataInputStream(client.getInputStream());
    OutputStream output = client.getOutputStream();
    requireEqual(VERSION, input.readUnsignedByte());
    input.readNBytes(input.readUnsignedByte());
    output.write(new byte[] {VERSION, NO_AUTHENTICATION});
    requireEqual(VERSION, input.readUnsignedByte());
    requireEqual(CONNECT, input.readUnsignedByte());
    input.readUnsignedByte();
    int type = input.readUnsignedByte();
    if (type != NAME) {
      names.add("type " + type);
      client.close();
      return;
    }
    byte[] name = input.readNBytes(input.readUnsignedByte());
    names.add(new String(name, StandardCharsets.US_ASCII) + ":" + input.readUnsignedShort());
    Socket target = new Socket(InetAddress.getLoopbackAddress(), port);
    sockets.add(target);
    output.write(new byte[] {VERSION, 0, 0, 1, 0, 0, 0, 0, 0, 0});
    run(() -> copy(target.getInputStream(), client));
    copy(input, target);
  }

  private static void copy(InputStream input, Socket to) throws IOException {
    try (to) {
      input.transferTo(to.getOutputStream());
    }
  }

  private static void requireEqual(int expected, int found) throws IOException {
    if (expected != found) {
      throw new IOException("not SOCKS5");
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private interface Task {
    void run() throws IOException;
  }

  private static void run(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException e) {
                // One end has closed the connection, which is how all of them end.
              }
            },
            "socks");
    thread.setDaemon(true);
    thread.start();
  }
}
