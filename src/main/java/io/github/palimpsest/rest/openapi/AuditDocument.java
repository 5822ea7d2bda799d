package io.github.palimpsest.rest.openapi;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;

/**
 * Completes what MicroProfile OpenAPI finds of history's calls: summaries, parameters, examples,
 * and every error with its problem type. An application names it by {@code mp.openapi.filter}, and
 * lets libraries be scanned by {@code mp.openapi.scan.lib=true}; what is not below {@code /audit}
 * stays as it is. Nothing loads this class where MicroProfile OpenAPI is not.
 */
public final class AuditDocument implements OASFilter {
  private static final String ROOT = "/audit/";

  /** Called by the server. */
  public AuditDocument() {}

  @Override
  public void filterOpenAPI(OpenAPI document) {
    Components components =
        document.getComponents() == null ? OASFactory.createComponents() : document.getComponents();
    document.setComponents(components.addSchema(Problems.SCHEMA, Problems.schema()));
    Notes notes = Notes.load();
    document
        .getPaths()
        .getPathItems()
        .forEach(
            (path, item) -> {
              if (path.startsWith(ROOT)) {
                item.getOperations()
                    .forEach(
                        (method, operation) ->
                            new OperationText(notes, method.name(), path).complete(operation));
              }
            });
  }
}
