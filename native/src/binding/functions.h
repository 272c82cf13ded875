// The addon's plain functions, by theme.
#ifndef STILLFRAME_BINDING_FUNCTIONS_H_
#define STILLFRAME_BINDING_FUNCTIONS_H_

#include <napi.h>

namespace stillframe::binding {

// seal, open, compress, decompress, sha256, merkleRoot, describe.
void ExportCodecFunctions(Napi::Env env, Napi::Object exports);
// damagedBlobs.
void ExportBlobCheckFunction(Napi::Env env, Napi::Object exports);
// writeFile, readFile, thaw.
void ExportFileFunctions(Napi::Env env, Napi::Object exports);
// reflink, probeReflink, fileExtents.
void ExportReflinkFunctions(Napi::Env env, Napi::Object exports);

}  // namespace stillframe::binding

#endif  // STILLFRAME_BINDING_FUNCTIONS_H_
