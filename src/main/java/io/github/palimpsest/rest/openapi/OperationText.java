package io.github.palimpsest.rest.openapi;

import io.github.palimpsest.rest.ProblemType;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.parameters.RequestBody;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/**
 * What the description says of one call.
 *
 * @param notes on all calls
 * @param method in capitals
 * @param path from the context root, with its parameters in braces
 */
record OperationText(Notes notes, String method, String path) {
  /** A call without parameters has header fields, too. */
  private static final Set<ProblemType> ALWAYS =
      EnumSet.of(
          ProblemType.UNAUTHENTICATED,
          ProblemType.FORBIDDEN,
          ProblemType.NOT_ACCEPTABLE,
          ProblemType.MALFORMED_PARAMETER,
          ProblemType.INTERNAL);

  private static final Set<ProblemType> WITH_BODY =
      EnumSet.of(
          ProblemType.MALFORMED_BODY, ProblemType.TOO_LARGE, ProblemType.UNSUPPORTED_MEDIA_TYPE);

  void complete(Operation operation) {
    JsonObject said = notes.operations().getJsonObject(method + " " + path);
    if (said == null) {
      said = JsonValue.EMPTY_JSON_OBJECT;
    }
    operation.setSummary(said.getString("summary", null));
    operation.setDescription(said.getString("description", null));
    addQuery(operation, said);
    parameters(operation).forEach(this::complete);
    operation.setRequestBody(said.containsKey("body") ? body(said.get("body")) : null);
    operation.setResponses(answers(said));
  }

  /** A scanner takes a suspended answer for a body, too. */
  private static RequestBody body(JsonValue example) {
    return OASFactory.createRequestBody()
        .required(true)
        .content(content(Map.of("application/json", example)));
  }

  /** What a resource reads from the query by itself is not found at its methods. */
  private static void addQuery(Operation operation, JsonObject said) {
    if (said.containsKey("query")) {
      for (JsonString name : said.getJsonArray("query").getValuesAs(JsonString.class)) {
        operation.addParameter(
            OASFactory.createParameter().name(name.getString()).in(Parameter.In.QUERY));
      }
    }
  }

  private void complete(Parameter parameter) {
    JsonObject said = notes.parameters().getJsonObject(parameter.getName());
    if (said != null) {
      parameter.setDescription(said.getString("description"));
      parameter.setExample(said.getString("example"));
      parameter.setSchema(
          OASFactory.createSchema()
              .type(Schema.SchemaType.STRING)
              .format(said.getString("format", null)));
    }
  }

  private APIResponses answers(JsonObject said) {
    APIResponses answers = OASFactory.createAPIResponses();
    JsonObject bodies =
        said.containsKey("answers") ? said.getJsonObject("answers") : JsonValue.EMPTY_JSON_OBJECT;
    if (said.containsKey("accepted")) {
      answers.addAPIResponse(
          "202",
          OASFactory.createAPIResponse()
              .description("A job goes on with it.")
              .content(content(said.getJsonObject("accepted"))));
    }
    if (bodies.isEmpty() && !said.containsKey("accepted")) {
      answers.addAPIResponse("204", OASFactory.createAPIResponse().description("Done."));
    } else if (!bodies.isEmpty()) {
      answers.addAPIResponse(
          "200", OASFactory.createAPIResponse().description("Done.").content(content(bodies)));
    }
    for (String status : List.of("204", "302")) {
      if (said.containsKey(status)) {
        answers.addAPIResponse(
            status, OASFactory.createAPIResponse().description(said.getString(status)));
      }
    }
    if (isRead()) {
      answers.addAPIResponse(
          "304",
          OASFactory.createAPIResponse().description("The caller has it already, by its ETag."));
    }
    Problems.answers(problems(said)).forEach(answers::addAPIResponse);
    return answers;
  }

  private Set<ProblemType> problems(JsonObject said) {
    Set<ProblemType> problems = EnumSet.copyOf(ALWAYS);
    if (isRead()) {
      problems.add(ProblemType.PRECONDITION_FAILED);
    }
    if (said.containsKey("body")) {
      problems.addAll(WITH_BODY);
    }
    if (said.containsKey("errors")) {
      for (JsonString each : said.getJsonArray("errors").getValuesAs(JsonString.class)) {
        problems.add(
            ProblemType.valueOf(each.getString().toUpperCase(Locale.ROOT).replace('-', '_')));
      }
    }
    return problems;
  }

  private boolean isRead() {
    return method.equals("GET");
  }

  private static List<Parameter> parameters(Operation operation) {
    return operation.getParameters() == null ? List.of() : operation.getParameters();
  }

  private static Content content(Map<String, JsonValue> examples) {
    Content content = OASFactory.createContent();
    examples.forEach(
        (mediaType, example) ->
            content.addMediaType(
                mediaType,
                OASFactory.createMediaType()
                    .schema(OASFactory.createSchema().type(kind(example)))
                    .example(Notes.plain(example))));
    return content;
  }

  private static Schema.SchemaType kind(JsonValue example) {
    return switch (example.getValueType()) {
      case STRING -> Schema.SchemaType.STRING;
      case ARRAY -> Schema.SchemaType.ARRAY;
      default -> Schema.SchemaType.OBJECT;
    };
  }
}
