import Baselines
import Testing

@Suite struct MLflowReferenceTests {
  @Test(arguments: [
    ("mlflow:runs:/27af50fff404", MLflowReference(.run("27af50fff404"))),
    ("mlflow:models:/delay@champion", MLflowReference(.alias(model: "delay", alias: "champion"))),
    ("mlflow:models:/a delay (v2)@in-use_1", MLflowReference(.alias(model: "a delay (v2)", alias: "in-use_1"))),
    ("mlflow:models:/me@home@champion", MLflowReference(.alias(model: "me@home", alias: "champion"))),
    ("mlflow:models:/delay/12", MLflowReference(.version(model: "delay", version: "12"))),
    (
      "mlflow:http://localhost:5000/ml#models:/delay@champion",
      MLflowReference(.alias(model: "delay", alias: "champion"), server: "http://localhost:5000/ml")
    ),
  ])
  func reads(text: String, reference: MLflowReference) throws {
    let read = try BaselineReference(text)
    #expect(read == .mlflow(reference))
    #expect(read.description == text)
    #expect(read.name == text)
  }

  @Test(arguments: [
    "mlflow:", "mlflow:models:/", "mlflow:models:/delay", "mlflow:models:/delay@", "mlflow:models:/@champion",
    "mlflow:models:/a/b@champion", "mlflow:models:/delay@a.b", "mlflow:models:/delay/Production",
    "mlflow:models:/delay/latest", "mlflow:models:/delay/", "mlflow:models://1", "mlflow:runs:/",
    "mlflow:runs:/a/model",
    "mlflow:runs:/../x", "mlflow:delay@champion", "mlflow:sqlite:///x.db#runs:/1", "mlflow:#runs:/1",
    "mlflow:http://u:p@h#runs:/1", "mlflow:http://h?k=v#runs:/1", "mlflow:http://h/runs:/1",
  ])
  func refuses(text: String) {
    #expect {
      try BaselineReference(text)
    } throws: { error in
      guard case BaselineError.malformed(let problem)? = error as? BaselineError else { return false }
      return !problem.isEmpty
    }
  }
}
