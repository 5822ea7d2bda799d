package io.github.palimpsest.matrix.mapping;

import io.github.palimpsest.Audited;
import io.github.palimpsest.matrix.Kind;
import io.github.palimpsest.matrix.Kinds;
import io.github.palimpsest.testing.JpaProvider;
import jakarta.persistence.Basic;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Large objects. */
public final class Lobs implements Kinds {
  private static final int MEBIBYTE = 1 << 20;

  @Entity(name = "Attachment")
  @Audited
  static class Attachment {
    @Id Integer id;
    @Lob String text;
    @Lob byte[] bytes;
    @Lob ArrayList<String> serialized;

    @Lob
    @Basic(fetch = FetchType.LAZY)
    byte[] lazyBytes;

    static List<Kind<?>> kinds() {
      return List.of(
          kind("@Lob String of 1 MiB", "{}")
              .change("set", e -> e.text = "é".repeat(MEBIBYTE), json("text", "é".repeat(MEBIBYTE)))
              .noChange("to null, as it is", e -> e.text = null),
          kind("@Lob byte[] of 1 MiB", "{}")
              .change("set", e -> e.bytes = bytes(7), json("bytes", base64(7))),
          Kind.of(
                  "@Lob byte[]",
                  Attachment.class,
                  (em, n) -> {
                    Attachment made = make(n);
                    made.bytes = new byte[] {1, 2, 3};
                    return made;
                  },
                  "{\"bytes\":\"AQID\"}")
              .change("replace", e -> e.bytes = new byte[] {4}, "{\"bytes\":\"BA==\"}")
              .noChange("equal value", e -> e.bytes = new byte[] {1, 2, 3})
              .change("in place", e -> e.bytes[0] = 0, "{\"bytes\":\"AAID\"}")
              .on(JpaProvider.ECLIPSELINK, Columns.NOT_LOOKED_INTO)
              .change("to null", e -> e.bytes = null, "{\"bytes\":null}"),
          Kind.of(
                  "@Lob byte[], lazy",
                  Attachment.class,
                  (em, n) -> {
                    Attachment made = make(n);
                    made.lazyBytes = new byte[] {1};
                    return made;
                  },
                  "{\"lazyBytes\":\"AQ==\"}")
              .change(
                  "replace without reading",
                  e -> e.lazyBytes = new byte[] {2},
                  "{\"lazyBytes\":\"Ag==\"}")
              .change("another attribute", e -> e.text = "t", "{\"text\":\"t\"}"),
          Kind.of(
                  "@Lob Serializable",
                  Attachment.class,
                  (em, n) -> {
                    Attachment made = make(n);
                    made.serialized = new ArrayList<>(List.of("a"));
                    return made;
                  },
                  "{\"serialized\":\"" + LIST_A + "\"}")
              .change(
                  "replace",
                  e -> e.serialized = new ArrayList<>(List.of("b")),
                  "{\"serialized\":\"" + LIST_B + "\"}")
              .change(
                  "in place", e -> e.serialized.set(0, "b"), "{\"serialized\":\"" + LIST_B + "\"}")
              .change("to null", e -> e.serialized = null, "{\"serialized\":null}"));
    }

    private static Kind<Attachment> kind(String name, String state) {
      return Kind.of(name, Attachment.class, (em, n) -> make(n), state);
    }

    private static Attachment make(int n) {
      Attachment made = new Attachment();
      made.id = n;
      return made;
    }
  }

  private static final String LIST_A =
      "rO0ABXNyABNqYXZhLnV0aWwuQXJyYXlMaXN0eIHSHZnHYZ0DAAFJAARzaXpleHAAAAABdwQAAAABdAABYXg=";
  private static final String LIST_B = LIST_A.replace("AAAABdAABYXg=", "AAAABdAABYng=");

  private static byte[] bytes(int value) {
    byte[] bytes = new byte[MEBIBYTE];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static String base64(int value) {
    return Base64.getEncoder().encodeToString(bytes(value));
  }

  private static String json(String name, String value) {
    return "{\"%s\":\"%s\"}".formatted(name, value);
  }

  @Override
  public String title() {
    return "Large objects";
  }

  @Override
  public List<Kind<?>> kinds() {
    return Attachment.kinds();
  }
}
