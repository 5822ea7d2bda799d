package io.github.palimpsest.state;

import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A Serializable value, as JPA stores it (Jakarta Persistence 3.1 §2.6): its Java serialization in
 * base64. Only classes of the JDK's plain packages and of the packages of the entity and the
 * attribute are read back, since whoever may append events chooses the bytes.
 */
public final class SerializedCodec implements ValueCodec {
  private final ClassLoader loader;
  private final ObjectInputFilter filter;

  /** Creates the codec of an attribute of that type. */
  public SerializedCodec(Class<?> entityClass, Class<?> type) {
    this.loader = entityClass.getClassLoader();
    this.filter =
        ObjectInputFilter.Config.createFilter(
            "maxdepth=50;java.lang.*;java.math.*;java.net.*;java.time.*;java.util.*;%s.*;%s.*;!*"
                .formatted(entityClass.getPackageName(), type.getPackageName()));
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
      in.setObjectInputFilter(filter);
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
