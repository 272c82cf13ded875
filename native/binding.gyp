{

  "target_defaults": {
    "default_configuration": "Release",
    "cflags": ["-Wall", "-Wextra", "-Werror", "-O3", "-fvisibility=hidden"],
    "cflags_cc": ["-std=c++20", "-fexceptions", "-fvisibility-inlines-hidden"],
    "cflags_cc!": ["-fno-exceptions", "-std=gnu++17", "-std=gnu++20", "-std=gnu++14"],
  },
  "targets": [
    {
      "target_name": "stillframe_core",
      "type": "static_library",
      "include_dirs": ["src"],
      "include_dirs/": [["exclude", "node"]],
      "sources": [
        "src/core/algorithms.cc",
        "src/core/blob_cipher.cc",
        "src/core/bytes.cc",
        "src/core/job_pool.cc",
        "src/core/sha256.cc",
        "src/core/zstd_codec.cc",
        "src/linux/device.cc",
        "src/linux/file_descriptor.cc",
        "src/linux/whole_file.cc",
      ],
    },
    {
      "target_name": "stillframe",
      "dependencies": ["stillframe_core"],
      "include_dirs": ["src", "<!(node -p \"require('node-addon-api').include_dir\")"],
      "defines": [
        "NAPI_VERSION=8",
        "NODE_ADDON_API_CPP_EXCEPTIONS",
        "NODE_ADDON_API_DISABLE_DEPRECATED",
        "STILLFRAME_VERSION=\"<!(node -p \"require('../package.json').version\")\"",
      ],
      "sources": [
        "src/binding/addon.cc",
        "src/binding/addon_data.cc",
        "src/binding/arguments.cc",
        "src/binding/codec_functions.cc",
        "src/binding/completions.cc",
        "src/binding/device_object.cc",
        "src/binding/file_functions.cc",
      ],
      "libraries": ["-l:libcrypto.a", "-l:libzstd.a"],
      # Electron and Node export a libcrypto of their own: ours is linked in and hidden. The library is never unloaded,
      # since libcrypto registers per-thread destructors.
      "ldflags": ["-Wl,--exclude-libs,ALL", "-Wl,-z,nodelete", "-Wl,-z,now"],
    },
  ],
}
