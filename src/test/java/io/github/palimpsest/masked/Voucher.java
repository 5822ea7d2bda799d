package io.github.palimpsest.masked;

import io.github.palimpsest.Audited;
import io.github.palimpsest.Masked;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;

/** Is mapped by its getters; its masked code must not be null. */
@Entity
@Audited
class Voucher {
  private long id;
  private @Nullable String code;

  Voucher() {}

  Voucher(long id, String code) {
    this.id = id;
    this.code = code;
  }

  @Id
  public long getId() {
    return id;
  }

  public void setId(long id) {
    this.id = id;
  }

  @Masked
  @Column(nullable = false)
  public @Nullable String getCode() {
    return code;
  }

  public void setCode(@Nullable String code) {
    this.code = code;
  }
}
