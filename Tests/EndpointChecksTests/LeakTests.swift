import Testing
import Transport

@testable import EndpointChecks

/// What a reply gives away, as it stands and in the texts of its JSON.
@Suite struct LeakTests {
  @Test(arguments: [
    #"{"error":"ValueError\n  File \"/workspace/serve/model.py\", line 3, in predict"}"#,
    #"{"error":"java.lang.NullPointerException\n\tat com.foo.Bar.baz(Bar.java:12)\n\tat org.x.Y.z(Y.java:1)"}"#,
    #"{"error":"cannot open C:\\models\\delay\\w.bin"}"#,
    #"{"error":"open /models/delay/1/model.joblib: no such file"}"#,
    #"{"error":"goroutine 7 [running]:\nmain.main()\n\t/workspace/main.go:3"}"#,
    #"{"error":"Error: at Object.<anonymous> (/workspace/server.js:10:5)\n    at Module._compile (node:internal/modules:1)"}"#,
    #"{"detail":"{\"error\": \"File \\\"/code/a.py\\\", line 1\"}"}"#,
    #"{"error":"could not load /opt/ml/model"}"#, "Traceback (most recent call last):", "panic: runtime error",
    #"{"a":["x",{"b":"cannot read /data/weights.safetensors"}]}"#, #"{"error":"see file:///srv/x/model.onnx"}"#,
    #"{"error":"\\\\fileserver\\models\\delay.pkl is gone"}"#, "ValueError in predict (model.py:33)",
    "serve/handler.go:12: bad row",
  ])
  func theInsideOfAServerIsALeak(_ body: String) {
    #expect(Leak(in: Array(body.utf8)) != nil)
  }

  @Test func headersAreLookedAt() {
    let line = "ValueError at /opt/model/serve.py"
    #expect(Leak(in: HTTPResponse(status: 400, headers: ["X-Error": line]))?.text == "X-Error: \(line)")
    #expect(Leak(in: HTTPResponse(status: 302, headers: ["Location": "/app/login.html"])) == nil)
  }

  @Test(arguments: [
    #"{"error":"not found: /v2/models/delay/infer"}"#, #"{"error":"no route POST /v1/models/m.v2:predict"}"#,
    #"{"error":"see https://example.com/data/format.html"}"#, #"{"error":"input x at position 3: expected 2"}"#,
    #"{"error":"the model is at version (1:2)"}"#, #"{"detail":[{"loc":["body","inputs",0],"msg":"field required"}]}"#,
    "<h1>404 Not Found</h1>", "", "ask http://serve.rs:8080 or api.example.py:80",
    #"{"error":"x must match \\d+\\.\\w+"}"#,
  ])
  func ordinaryErrorsAreNone(_ body: String) {
    #expect(Leak(in: Array(body.utf8)) == nil, "\(Leak(in: Array(body.utf8))?.text ?? "")")
  }
}
