package io.github.palimpsest.bank;

import io.github.palimpsest.rest.CommitFailureMapper;
import io.github.palimpsest.rest.RoleFilter;
import io.github.palimpsest.rest.ThrowableMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.auth.LoginConfig;

/** The demo's own HTTP interface, beside the library's; {@link LoginChoice} may drop the login. */
@ApplicationPath("bank")
@ApplicationScoped
@LoginConfig(authMethod = "MP-JWT", realmName = "palimpsest")
public class BankApplication extends Application {
  @Override
  public Set<Class<?>> getClasses() {
    return Set.of(
        OwnerResource.class,
        AccountResource.class,
        TransferResource.class,
        RoleFilter.class,
        CommitFailureMapper.class,
        ThrowableMapper.class);
  }

  /** No description is served to whom no role is asked of. */
  @Override
  public Map<String, Object> getProperties() {
    return Map.of("jersey.config.server.wadl.disableWadl", true);
  }
}
