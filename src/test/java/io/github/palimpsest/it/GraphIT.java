package io.github.palimpsest.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.launcher.EngineFilter.includeEngines;

import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Random work of several actors on a small graph of objects, put back at random, and questions
 * about it: every answer is that of a model that keeps every state. jqwik has an engine of its own,
 * which knows nothing of Arquillian; so it runs from here, while the server does.
 */
class GraphIT extends ServerIT {
  @Test
  void every_answer_is_that_of_the_model() {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(GraphProperties.class))
            .filters(includeEngines("jqwik"))
            .build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, listener);
    TestExecutionSummary summary = listener.getSummary();
    for (TestExecutionSummary.Failure failure : summary.getFailures()) {
      throw new AssertionError(failure.getException().getMessage(), failure.getException());
    }
    assertThat(summary.getTestsSucceededCount()).isEqualTo(1);
  }
}
