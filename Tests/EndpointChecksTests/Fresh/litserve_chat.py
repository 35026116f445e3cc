"""Serves a chat that says the words of the last message again, by LitServe, on the port that is the first argument.

A message with "break" in it breaks the model in the middle of its answer.
"""

import sys

import litserve


class Parrot(litserve.LitAPI):
    def setup(self, device):
        pass

    def predict(self, request):
        words = request.messages[-1].content.split()
        for count, word in enumerate(words):
            if word == "break":
                raise RuntimeError("the model broke")
            tokens = {"prompt_tokens": len(words), "completion_tokens": 0, "total_tokens": len(words)} if not count else {}
            tokens["completion_tokens"] = 1
            tokens["total_tokens"] = tokens.get("total_tokens", 0) + 1
            yield {"role": "assistant", "content": word + " ", **tokens}


if __name__ == "__main__":
    server = litserve.LitServer(Parrot(spec=litserve.OpenAISpec()), accelerator="cpu", workers_per_device=1)
    server.run(host="127.0.0.1", port=int(sys.argv[1]), generate_client_file=False)
