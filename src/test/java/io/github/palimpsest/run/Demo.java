package io.github.palimpsest.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The built demo on an empty database, with settings of its own, for tests. */
record Demo(EmbeddedDatabase server, Login login, PayaraMicro payara, int port)
    implements AutoCloseable {
  static Demo start(Map<String, String> environment) throws IOException, InterruptedException {
    EmbeddedDatabase server = EmbeddedDatabase.temporary();
    Login login = server.create("bank");
    int port = freePort();
    Map<String, String> all = new HashMap<>(environment);
    all.put("DB_URL", login.url());
    all.put("DB_USER", login.user());
    all.put("DB_PASSWORD", login.password());
    all.put("DB_OWNER", login.owner());
    all.put("DB_OWNER_PASSWORD", login.ownerPassword());
    PayaraMicro payara = PayaraMicro.start(Path.of("target").toAbsolutePath(), port, all);
    Demo demo = new Demo(server, login, payara, port);
    payara.awaitDeployed(new Probe(port));
    return demo;
  }

  /** Returns what is before each path. */
  String url() {
    return "http://localhost:" + port;
  }

  @Override
  public void close() {
    payara.close();
    server.close();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
