package io.github.palimpsest.rest.openapi;

import io.github.palimpsest.rest.Problem;
import io.github.palimpsest.rest.ProblemType;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.examples.Example;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** Describes answers that are problems (RFC 9457), an example for each type. */
final class Problems {
  static final String SCHEMA = "Problem";

  private Problems() {}

  static Schema schema() {
    return OASFactory.createSchema()
        .type(Schema.SchemaType.OBJECT)
        .description("RFC 9457. Further members depend on the type.")
        .addProperty("type", text("Which problem it is; never changes."))
        .addProperty("title", text("What the type means."))
        .addProperty(
            "status",
            OASFactory.createSchema().type(Schema.SchemaType.INTEGER).description("HTTP status."))
        .addProperty("detail", text("What went wrong and what to do."))
        .addProperty("instance", text("The number of an incident, as the server's log has it."))
        .addProperty("parameter", text("The malformed parameter."))
        .required(List.of("type", "title", "status"));
  }

  private static Schema text(String description) {
    return OASFactory.createSchema().type(Schema.SchemaType.STRING).description(description);
  }

  /** Returns an answer for each status that one of the types has, by status. */
  static SortedMap<String, APIResponse> answers(Collection<ProblemType> types) {
    SortedMap<String, APIResponse> answers = new TreeMap<>();
    types.stream()
        .collect(Collectors.groupingBy(ProblemType::status))
        .forEach((status, alike) -> answers.put(Integer.toString(status), answer(alike)));
    return answers;
  }

  private static APIResponse answer(List<ProblemType> types) {
    MediaType body =
        OASFactory.createMediaType()
            .schema(OASFactory.createSchema().ref("#/components/schemas/" + SCHEMA));
    types.forEach(type -> body.addExample(name(type), example(type)));
    return OASFactory.createAPIResponse()
        .description(types.stream().map(ProblemType::title).collect(Collectors.joining("; ")))
        .content(OASFactory.createContent().addMediaType(Problem.MEDIA_TYPE, body));
  }

  private static String name(ProblemType type) {
    return type.uri().substring(type.uri().lastIndexOf('/') + 1);
  }

  private static Example example(ProblemType type) {
    return OASFactory.createExample()
        .summary(type.title())
        .value(Notes.plain(Problem.of(type, null).toJson()));
  }
}
