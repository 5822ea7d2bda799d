package io.github.palimpsest.container;

import io.github.palimpsest.AuditContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Opens the audit scope of every request: the actor is its caller, the reason its {@code
 * Audit-Reason} header, the correlation id the trace id of its {@code traceparent} header (W3C
 * Trace Context §3.2).
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class AuditScopeFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final Pattern TRACEPARENT =
      Pattern.compile(
          "(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");

  /** Called by the container. */
  public AuditScopeFilter() {}

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String reason = reason(request);
    if (reason != null && !AuditContext.isAcceptable(reason)) {
      response.sendError(
          HttpServletResponse.SC_BAD_REQUEST,
          "Audit-Reason must have 1 to %d characters and no control characters"
              .formatted(AuditContext.LONGEST));
      return;
    }
    try {
      AuditContext.call(
          () -> caller(request),
          reason,
          traceId(request),
          () -> {
            chain.doFilter(request, response);
            return true;
          });
    } catch (IOException | ServletException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new ServletException(e);
    }
  }

  private static @Nullable String caller(HttpServletRequest request) {
    Principal caller = request.getUserPrincipal();
    return caller == null ? null : caller.getName();
  }

  /** Header bytes arrive as ISO-8859-1; clients that send UTF-8 mean UTF-8. */
  private static @Nullable String reason(HttpServletRequest request) {
    String header = request.getHeader("Audit-Reason");
    if (header == null) {
      return null;
    }
    byte[] bytes = header.getBytes(StandardCharsets.ISO_8859_1);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return header;
    }
  }

  private static @Nullable String traceId(HttpServletRequest request) {
    String header = request.getHeader("traceparent");
    Matcher matcher = TRACEPARENT.matcher(header == null ? "" : header);
    return matcher.matches() ? matcher.group(1) : null;
  }
}
