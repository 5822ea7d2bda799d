package io.github.palimpsest.rest;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/** Compresses the answers that {@link ConditionalFilter} says are compressed. */
@RoleChecked
@Provider
@Priority(Priorities.ENTITY_CODER)
public class GzipInterceptor implements WriterInterceptor {
  /** Called by the container. */
  public GzipInterceptor() {}

  @Override
  public void aroundWriteTo(WriterInterceptorContext answer) throws IOException {
    if (!ContentCoding.GZIP.equals(answer.getHeaders().getFirst(HttpHeaders.CONTENT_ENCODING))) {
      answer.proceed();
      return;
    }
    OutputStream plain = answer.getOutputStream();
    GZIPOutputStream compressed = new GZIPOutputStream(plain);
    answer.setOutputStream(compressed);
    try {
      answer.proceed();
      compressed.finish();
    } finally {
      answer.setOutputStream(plain);
    }
  }
}
