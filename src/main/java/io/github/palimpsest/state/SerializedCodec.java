package io.github.palimpsest.state;

import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A Serializable value, as JPA stores it (Jakarta Persistence 3.1 §2.6): its Java serialization in
 * base64. What is read back was written by this class into an append-only table.
 */
public final class SerializedCodec implements ValueCodec {
  private final ClassLoader loader;

  /** Creates the codec for classes of {@code loader}. */
  public SerializedCodec(ClassLoader loader) {
    this.loader = loader;
  }

  @Override
  public void write(@Nullable Object value, StringBuilder json) {
    if (value == null) {
      json.append("null");
      return;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    } catch (IOException e) {
      throw new IllegalArgumentException("not serializable: " + value.getClass().getName(), e);
    }
    json.append('"').append(Base64.getEncoder().encodeToString(bytes.toByteArray())).append('"');
  }

  @Override
  @SuppressWarnings("BanSerializableRead") // the column itself holds the same serialized form
  public @Nullable Object read(JsonValue json, References references) {
    if (!(json instanceof JsonString text)) {
      return null;
    }
    byte[] bytes = Base64.getDecoder().decode(text.getString());
    try (ObjectInputStream in = new Input(bytes, loader)) {
      return in.readObject();
    } catch (IOException | ClassNotFoundException e) {
      throw new IllegalArgumentException("not a serialized value of this application", e);
    }
  }

  private static final class Input extends ObjectInputStream {
    private final ClassLoader loader;

    Input(byte[] bytes, ClassLoader loader) throws IOException {
      super(new ByteArrayInputStream(bytes));
      this.loader = loader;
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass description)
        throws IOException, ClassNotFoundException {
      return Class.forName(description.getName(), false, loader);
    }
  }
}
