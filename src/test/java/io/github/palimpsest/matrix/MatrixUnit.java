package io.github.palimpsest.matrix;

import io.github.palimpsest.run.Login;
import io.github.palimpsest.testing.JpaProvider;
import io.github.palimpsest.testing.TestDatabase;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.SharedCacheMode;
import jakarta.persistence.ValidationMode;
import jakarta.persistence.spi.ClassTransformer;
import jakarta.persistence.spi.PersistenceUnitInfo;
import jakarta.persistence.spi.PersistenceUnitTransactionType;
import java.net.URL;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;
import org.eclipse.persistence.jpa.PersistenceProvider;
import org.hibernate.jpa.HibernatePersistenceProvider;
import org.jspecify.annotations.Nullable;

/** The persistence unit of one group on one provider, as a container would describe it. */
record MatrixUnit(Variant variant, Kinds group) implements PersistenceUnitInfo {
  /** Opens it, its tables made in {@code database}. */
  EntityManagerFactory open(TestDatabase database) {
    group.tables().forEach(database::execute);
    return open(database, Map.of());
  }

  /** Opens it with further properties. */
  EntityManagerFactory open(TestDatabase database, Map<String, String> properties) {
    Login login = database.login();
    Map<String, Object> all = new HashMap<>(group.properties());
    all.put("jakarta.persistence.jdbc.url", login.url());
    all.put("jakarta.persistence.jdbc.user", login.user());
    all.put("jakarta.persistence.jdbc.password", login.password());
    if (variant.provider() == JpaProvider.ECLIPSELINK) {
      all.put("jakarta.persistence.schema-generation.database.action", "create");
      all.put("eclipselink.logging.level", "SEVERE");
      all.put("eclipselink.weaving", variant == Variant.ECLIPSELINK_WOVEN ? "static" : "false");
      all.putAll(properties);
      return new PersistenceProvider().createContainerEntityManagerFactory(this, all);
    }
    all.put("hibernate.hbm2ddl.auto", "update");
    all.putAll(properties);
    return new HibernatePersistenceProvider().createContainerEntityManagerFactory(this, all);
  }

  @Override
  public String getPersistenceUnitName() {
    return "%s-%s".formatted(group.getClass().getSimpleName(), variant);
  }

  @Override
  public @Nullable String getPersistenceProviderClassName() {
    return null;
  }

  @Override
  public PersistenceUnitTransactionType getTransactionType() {
    return PersistenceUnitTransactionType.RESOURCE_LOCAL;
  }

  @Override
  public @Nullable DataSource getJtaDataSource() {
    return null;
  }

  @Override
  public @Nullable DataSource getNonJtaDataSource() {
    return null;
  }

  @Override
  public List<String> getMappingFileNames() {
    return variant.provider() == JpaProvider.ECLIPSELINK
        ? List.of("META-INF/palimpsest-orm.xml")
        : List.of();
  }

  @Override
  public List<URL> getJarFileUrls() {
    return List.of();
  }

  @Override
  public URL getPersistenceUnitRootUrl() {
    return MatrixUnit.class.getProtectionDomain().getCodeSource().getLocation();
  }

  @Override
  public List<String> getManagedClassNames() {
    return group.classes();
  }

  @Override
  public boolean excludeUnlistedClasses() {
    return true;
  }

  @Override
  public SharedCacheMode getSharedCacheMode() {
    return SharedCacheMode.UNSPECIFIED;
  }

  @Override
  public ValidationMode getValidationMode() {
    return ValidationMode.NONE;
  }

  @Override
  public Properties getProperties() {
    return new Properties();
  }

  @Override
  public String getPersistenceXMLSchemaVersion() {
    return "3.0";
  }

  @Override
  public ClassLoader getClassLoader() {
    return group.getClass().getClassLoader();
  }

  @Override
  public void addTransformer(ClassTransformer transformer) {
    // Bytecode is changed before the unit opens, or not at all.
  }

  @Override
  public ClassLoader getNewTempClassLoader() {
    return new ChangedClasses(Groups.PACKAGE, (name, original) -> null);
  }
}
