package io.github.palimpsest.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The demo switched to MicroProfile JWT by configuration. */
class BearerTokenIT {
  private static final String ISSUER = "https://issuer.example";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static KeyPair keys;
  private static Demo demo;

  @BeforeAll
  static void start() throws Exception {
    keys = newKeys();
    demo =
        Demo.start(
            Map.of(
                "AUTHENTICATION",
                "MP-JWT",
                "DEMO_PASSWORD",
                "demo",
                "MP_JWT_VERIFY_PUBLICKEY",
                Base64.getEncoder().encodeToString(keys.getPublic().getEncoded()),
                "MP_JWT_VERIFY_ISSUER",
                ISSUER));
  }

  @AfterAll
  static void stop() {
    demo.close();
  }

  @Test
  void a_group_of_the_token_is_a_role() throws Exception {
    assertThat(get("Bearer " + token(keys, "audit-reader"))).isEqualTo(200);
  }

  @Test
  void a_token_without_the_group_is_forbidden() throws Exception {
    assertThat(get("Bearer " + token(keys, "teller"))).isEqualTo(403);
  }

  @Test
  void a_token_that_somebody_else_signed_is_refused() throws Exception {
    assertThat(get("Bearer " + token(newKeys(), "audit-reader"))).isEqualTo(401);
  }

  @Test
  void a_password_is_refused() throws Exception {
    assertThat(get("Basic " + base64("reader:demo"))).isEqualTo(401);
  }

  private static int get(String authorization) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(demo.url() + "/audit/types"))
            .header("Authorization", authorization)
            .build();
    return HTTP.send(request, BodyHandlers.discarding()).statusCode();
  }

  private static KeyPair newKeys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return generator.generateKeyPair();
  }

  /** A JSON Web Token signed by RS256 (RFC 7519, RFC 7515). */
  private static String token(KeyPair signer, String group) throws GeneralSecurityException {
    long now = Instant.now().getEpochSecond();
    String content =
        base64("{\"alg\":\"RS256\",\"typ\":\"JWT\"}")
            + "."
            + base64(
                ("{\"iss\":\"%s\",\"sub\":\"1\",\"upn\":\"jane\",\"groups\":[\"%s\"],\"jti\":\"1\","
                        + "\"iat\":%d,\"exp\":%d}")
                    .formatted(ISSUER, group, now, now + 300));
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(signer.getPrivate());
    signature.update(content.getBytes(UTF_8));
    return content + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }
}
