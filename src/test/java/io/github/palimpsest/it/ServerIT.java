package io.github.palimpsest.it;

import java.io.File;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test that asks the running server by HTTP and its database by JDBC. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
abstract class ServerIT {
  final Http http = Http.nobody();
  final Http teller = http.as("teller");
  final Http reader = http.as("reader");
  final Http restorer = http.as("restorer");
  final Database database = Database.application();

  @Deployment(testable = false)
  static WebArchive war() {
    return ShrinkWrap.createFromZipFile(WebArchive.class, new File(System.getProperty("war")))
        .addPackages(
            false,
            "io.github.palimpsest.it.country",
            "io.github.palimpsest.it.door",
            "io.github.palimpsest.it.graph",
            "io.github.palimpsest.it.note");
  }
}
