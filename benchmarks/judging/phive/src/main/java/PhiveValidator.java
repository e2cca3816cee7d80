import com.helger.diver.api.coord.DVRCoordinate;
import com.helger.io.resource.inmemory.ReadableResourceByteArray;
import com.helger.phive.api.execute.ValidationExecutionManager;
import com.helger.phive.api.executorset.IValidationExecutorSet;
import com.helger.phive.api.executorset.ValidationExecutorSetRegistry;
import com.helger.phive.api.result.ValidationResultList;
import com.helger.phive.api.validity.IValidityDeterminator;
import com.helger.phive.en16931.EN16931Validation;
import com.helger.phive.xml.source.IValidationSourceXML;
import com.helger.phive.xml.source.ValidationSourceXML;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Validates the e-invoices of a folder by phive, again and again in one process: schema, and the rules of EN 16931 1.3.16.
 *
 * <p>Arguments: the folder, how many rounds warm it up, and how many are measured. It prints, as JSON, how many
 * milliseconds of processor time of the whole process each file took on average, and how much was found in it. Schema
 * and rules were asked where there are two results.
 */
public final class PhiveValidator {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  public static void main(String[] arguments) throws Exception {
    var registry = new ValidationExecutorSetRegistry<IValidationSourceXML>();
    EN16931Validation.initEN16931(registry);
    int warm = Integer.parseInt(arguments[1]), measured = Integer.parseInt(arguments[2]);
    Map<String, byte[]> documents = new TreeMap<>();
    try (var files = Files.list(Path.of(arguments[0]))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        documents.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    for (int round = 0; round < warm; round++) {
      for (var document : documents.entrySet()) {
        validate(registry.getOfID(rulesFor(document.getKey())), document.getValue());
      }
    }
    List<String> members = new ArrayList<>();
    for (var document : documents.entrySet()) {
      var rules = registry.getOfID(rulesFor(document.getKey()));
      ValidationResultList found = null;
      long before = SYSTEM.getProcessCpuTime();
      for (int round = 0; round < measured; round++) {
        found = validate(rules, document.getValue());
      }
      double milliseconds = (SYSTEM.getProcessCpuTime() - before) / 1e6 / measured;
      members.add(
          String.format(
              Locale.ROOT,
              "\"%s\": {\"milliseconds\": %.3f, \"results\": %d, \"findings\": %d}",
              document.getKey(),
              milliseconds,
              found.size(),
              found.getAllCount(error -> true)));
    }
    System.out.println("{" + String.join(", ", members) + "}");
  }

  private static DVRCoordinate rulesFor(String file) {
    if (file.endsWith(".cii.xml")) {
      return EN16931Validation.VID_CII_1316;
    }
    return file.endsWith(".credit-note.xml")
        ? EN16931Validation.VID_UBL_CREDIT_NOTE_1316
        : EN16931Validation.VID_UBL_INVOICE_1316;
  }

  private static ValidationResultList validate(
      IValidationExecutorSet<IValidationSourceXML> rules, byte[] document) {
    var source = ValidationSourceXML.create(new ReadableResourceByteArray(document));
    return ValidationExecutionManager.executeValidation(
        IValidityDeterminator.createDefault(), rules, source);
  }
}
