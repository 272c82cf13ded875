// Zero test, hashing, sealed form, zstd, id sets and pack headers.
#include <cstring>
#include <random>
#include <set>

#include "check.h"
#include "core/blob_check.h"
#include "core/blob_cipher.h"
#include "core/blob_codec.h"
#include "core/error.h"
#include "core/id_set.h"
#include "core/pack_queue.h"
#include "core/sha256.h"
#include "core/zero_test.h"
#include "core/zstd_codec.h"

namespace stillframe::core {
namespace {

std::vector<uint8_t> FromHex(const std::string& hex) {
  std::vector<uint8_t> bytes;
  for (size_t i = 0; i < hex.size(); i += 2)
    bytes.push_back(static_cast<uint8_t>(std::stoi(hex.substr(i, 2), nullptr, 16)));
  return bytes;
}

std::vector<uint8_t> RandomBytes(size_t size, uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<uint8_t> bytes(size);
  for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(random());
  return bytes;
}

TEST(ZeroTestFindsEveryByte) {
  for (size_t size : {0, 1, 7, 63, 255, 256, 257, 511, 512, 1000}) {
    std::vector<uint8_t> bytes(size + 3);
    for (size_t shift = 0; shift < 3; ++shift) {
      const Bytes view = Bytes(bytes).subspan(shift, size);
      CHECK(IsZero(view));
      for (size_t i = 0; i < size; ++i) {
        view[i] = 0x80;
        CHECK(!IsZero(view));
        view[i] = 0;
      }
    }
  }
}

// Bernstein, "The Poly1305-AES message-authentication code", appendix B.
TEST(Poly1305AesVectors) {
  const struct {
    const char *k, *r, *nonce, *message, *mac;
  } vectors[] = {
      {"ec074c835580741701425b623235add6", "851fc40c3467ac0be05cc20404f3f700", "fb447350c4e868c52ac3275cf9d4327e",
       "f3f6", "f4c633c3044fc145f84f335cb81953de"},
      {"75deaa25c09f208e1dc4ce6b5cad3fbf", "a0f3080000f46400d0c7e9076c834403", "61ee09218d29b0aaed7e154a2c5509cc", "",
       "dd3fab2251f11ac759f0887129cc2ee7"},
      {"6acb5f61a7176dd320c5c1eb2edcdc74", "48443d0bb0d21109c89a100b5ce2c208", "ae212a55399729595dea458bc621ff0e",
       "663cea190ffb83d89593f3f476b6bc24d7e679107ea26adb8caf6652d0656136", "0ee1c16bb73f0f4fd19881753c01cdbe"},
  };
  for (const auto& vector : vectors) {
    Poly1305Aes poly(FromHex(vector.k).data(), FromHex(vector.r).data());
    const auto message = FromHex(vector.message);
    for (int twice = 0; twice < 2; ++twice) {
      CHECK(ToHex(poly.Mac(FromHex(vector.nonce).data(), message)) == vector.mac);
    }
  }
}

// NIST SP 800-38A F.5.5, CTR-AES256: our sealed form carries it after the IV.
TEST(CtrVectorOpens) {
  std::vector<uint8_t> key = FromHex("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4");
  key.resize(kMasterKeyBytes, 1);
  std::vector<uint8_t> sealed = FromHex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff601ec313775789a5b7a7f504bbf3d228");
  const auto mac = Poly1305Aes(key.data() + 32, key.data() + 48).Mac(sealed.data(), ConstBytes(sealed).subspan(16));
  sealed.insert(sealed.end(), mac.begin(), mac.end());
  std::vector<uint8_t> plain(16);
  CHECK(BlobCipher(MasterKey(key)).Open(sealed, plain.data()));
  CHECK(ToHex(plain) == "6bc1bee22e409f96e93d7e117393172a");
}

TEST(SealedFormOpensAndNoticesEveryFlip) {
  BlobCipher cipher{MasterKey(RandomBytes(kMasterKeyBytes, 1))};
  const auto plain = RandomBytes(100, 2);
  std::vector<uint8_t> sealed(plain.size() + kSealOverheadBytes);
  std::vector<uint8_t> other(sealed.size());
  std::vector<uint8_t> opened(plain.size());
  cipher.Seal(plain, sealed.data());
  cipher.Seal(plain, other.data());
  CHECK(sealed != other);
  CHECK(cipher.Open(sealed, opened.data()) && opened == plain);
  for (size_t i = 0; i < sealed.size(); ++i) {
    sealed[i] ^= 4;
    CHECK(!cipher.Open(sealed, opened.data()));
    sealed[i] ^= 4;
  }
  CHECK(!cipher.Open(ConstBytes(sealed).first(31), opened.data()));
}

TEST(Sha256Vectors) {
  CHECK(ToHex(Sha256().Hash({})) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  const auto abc = FromHex("616263");
  CHECK(ToHex(Sha256().Hash(abc)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(MerkleRootOfThree) {
  Sha256 sha;
  const auto ids = RandomBytes(96, 3);
  const uint8_t leaf[] = {0}, node[] = {1};
  const Id a = sha.Hash(leaf, ConstBytes(ids).subspan(0, 32), {});
  const Id b = sha.Hash(leaf, ConstBytes(ids).subspan(32, 32), {});
  const Id c = sha.Hash(leaf, ConstBytes(ids).subspan(64, 32), {});
  CHECK(MerkleRoot(ids) == sha.Hash(node, sha.Hash(node, a, b), c));
  CHECK(MerkleRoot({}) == sha.Hash({}));
}

TEST(ZstdRefusesDamageAndExcess) {
  const std::vector<uint8_t> plain(300000, 7);
  std::vector<uint8_t> frame(ZSTD_compressBound(plain.size()));
  frame.resize(Compressor(3).Compress(plain, frame));
  Decompressor decompressor;
  CHECK(decompressor.DecompressAll(frame, plain.size()) == plain);
  const auto refuses = [&](ConstBytes bytes, size_t max) {
    try {
      decompressor.DecompressAll(bytes, max);
      return false;
    } catch (const Error& error) {
      return error.code() == "ZSTD_DAMAGED";
    }
  };
  CHECK(refuses(frame, plain.size() - 1));
  CHECK(refuses(frame, 0));
  CHECK(refuses({}, 100));
  CHECK(refuses(RandomBytes(50, 4), 100));
  for (size_t length = 1; length < frame.size(); ++length)
    CHECK(refuses(ConstBytes(frame).first(length), plain.size()));
  auto twice = frame;
  twice.push_back(0);
  CHECK(refuses(twice, plain.size()));
}

TEST(EncoderStoresRawWhatDoesNotShrink) {
  BlobEncoder encoder(3, 1 << 20);
  const auto random = RandomBytes(1 << 20, 5);
  CHECK(encoder.Encode(random).uncompressed_length == 0);
  const std::vector<uint8_t> text(1 << 20, 'x');
  const Payload payload = encoder.Encode(text);
  CHECK(payload.uncompressed_length == text.size() && payload.bytes.size() < 1000);
  // Compressible only where the samples do not look.
  auto hidden = random;
  std::fill(hidden.begin() + 10000, hidden.begin() + 100000, uint8_t{'x'});
  CHECK(encoder.Encode(hidden).bytes.size() < hidden.size() - 80000);
  CHECK(BlobEncoder(0, 100).Encode(ConstBytes(text).first(100)).uncompressed_length == 0);
  const std::vector<uint8_t> one(1, 'x');
  CHECK(encoder.Encode(one).uncompressed_length == 0);
}

TEST(IdSetAgreesWithStdSet) {
  std::mt19937_64 random(6);
  std::set<Id> expected;
  IdSet ids;
  for (int i = 0; i < 20000; ++i) {
    Id id{};
    // Few distinct first bytes: long probe chains.
    const uint64_t value = random() % 8000;
    id[0] = static_cast<uint8_t>(value % 5);
    std::memcpy(id.data() + 16, &value, sizeof value);
    CHECK(ids.Contains(id) == expected.contains(id));
    CHECK(ids.Insert(id) == expected.insert(id).second);
  }
  CHECK(ids.size() == expected.size());
  std::vector<uint8_t> flat;
  for (const Id& id : expected) flat.insert(flat.end(), id.begin(), id.end());
  flat.insert(flat.end(), flat.begin(), flat.begin() + 320);
  const IdSet copy{ConstBytes(flat)};
  CHECK(copy.size() == expected.size());
  for (const Id& id : expected) CHECK(copy.Contains(id));
  CHECK(!IdSet().Contains(Id{}));
}

TEST(DamagedBlobsAreTold) {
  const MasterKey key(RandomBytes(kMasterKeyBytes, 1));
  BlobCipher cipher(key);
  std::vector<uint8_t> buffer;
  std::vector<StoredBlob> blobs;
  for (uint32_t i = 0; i < 6; ++i) {
    const std::vector<uint8_t> plain(i * 1000, static_cast<uint8_t>(i));
    std::vector<uint8_t> frame(ZSTD_compressBound(plain.size()));
    frame.resize(i % 2 == 0 ? 0 : Compressor(3).Compress(plain, frame));
    const ConstBytes payload = i % 2 == 0 ? ConstBytes(plain) : ConstBytes(frame);
    const auto offset = static_cast<uint32_t>(buffer.size());
    const auto length = static_cast<uint32_t>(payload.size() + kSealOverheadBytes);
    buffer.resize(offset + length);
    cipher.Seal(payload, buffer.data() + offset);
    const auto plain_length = static_cast<uint32_t>(plain.size());
    blobs.push_back({Sha256().Hash(plain), offset, length, i % 2 == 0 ? 0 : plain_length});
  }
  CHECK(DamagedBlobs(key, buffer, {}).empty());
  CHECK(DamagedBlobs(key, buffer, blobs).empty());
  buffer[blobs[2].offset + 20] ^= 1;
  blobs[3].uncompressed_length -= 1;
  blobs[4].id[0] ^= 1;
  blobs[5].uncompressed_length = 0xffffffff;
  CHECK((DamagedBlobs(key, buffer, blobs) == std::vector<uint32_t>{2, 3, 4, 5}));
}

TEST(PackHeaderBytes) {
  PackEntry raw{Id{}, 0, 0x01020304, 0};
  PackEntry compressed{Id{}, 0, 5, 0x0a0b0c0d};
  raw.id.fill(0xee);
  compressed.id.fill(0xdd);
  std::string ee, dd;
  for (int i = 0; i < 32; ++i) {
    ee += "ee";
    dd += "dd";
  }
  CHECK(ToHex(PackHeader({raw, compressed})) == "0004030201" + ee + "02050000000d0c0b0a" + dd);
}

}  // namespace
}  // namespace stillframe::core
