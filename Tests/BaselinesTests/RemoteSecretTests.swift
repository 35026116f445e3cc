import Testing

@testable import Baselines

/// What servers may repeat of the environment, and reports may not.
@Suite struct RemoteSecretTests {
  @Test func aHeaderIsHiddenWithAllItsParts() {
    #expect(RemoteSecrets.parts(of: "Bearer hunter2secret") == ["Bearer hunter2secret", "hunter2secret"])
    // "user:hunter2" in base64.
    #expect(
      RemoteSecrets.parts(of: "Basic dXNlcjpodW50ZXIy")
        == ["Basic dXNlcjpodW50ZXIy", "dXNlcjpodW50ZXIy", "user:hunter2", "hunter2"])
    #expect(RemoteSecrets.parts(of: "Basic ***") == ["Basic ***", "***"])
  }

  @Test func theVariablesOfBothKindsOfServersAreHidden() {
    let environment = [
      "CUPEL_BASELINE_AUTHORIZATION": "Bearer abcd", "MLFLOW_TRACKING_TOKEN": "token", "MLFLOW_TRACKING_PASSWORD": "",
      "HOME": "/home",
    ]
    #expect(RemoteSecrets.all(in: environment) == ["Bearer abcd", "abcd", "token"])
  }

  @Test func basicCredentialsThatAServerDecodesAreMasked() {
    let credentials = RemoteCredentials(header: "Basic dXNlcjpodW50ZXIy", variables: "V")
    #expect(!credentials.masked("wrong password hunter2").contains("hunter2"))
  }
}
