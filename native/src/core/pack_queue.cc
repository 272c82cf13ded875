#include "core/pack_queue.h"

#include <algorithm>
#include <utility>

namespace stillframe::core {

std::vector<uint8_t> PackHeader(const std::vector<PackEntry>& entries) {
  std::vector<uint8_t> header;
  header.reserve(entries.size() * 41);
  for (const PackEntry& entry : entries) {
    const bool compressed = entry.uncompressed_length != 0;
    uint8_t fixed[9] = {static_cast<uint8_t>(compressed ? 2 : 0)};
    StoreLe32(fixed + 1, entry.length);
    StoreLe32(fixed + 5, entry.uncompressed_length);
    header.insert(header.end(), fixed, fixed + (compressed ? 9 : 5));
    header.insert(header.end(), entry.id.begin(), entry.id.end());
  }
  return header;
}

void PackQueue::Lend(Token token, Bytes buffer) {
  PackOutcome outcome;
  {
    const std::lock_guard lock(mutex_);
    if (!aborted_ && !ended_) {
      auto pack = std::make_unique<Pack>();
      pack->token = token;
      pack->buffer = buffer;
      lent_.push_back(std::move(pack));
      room_.notify_all();
      return;
    }
    outcome.error = aborted_;
  }
  settled_(token, std::move(outcome));
}

std::optional<PackQueue::Reservation> PackQueue::Reserve(PackEntry entry, Tools tools) {
  std::unique_lock lock(mutex_);
  while (true) {
    room_.wait(lock, [this] { return aborted_ || !lent_.empty(); });
    if (aborted_) return std::nullopt;
    Pack* const pack = lent_.front().get();
    if (pack->Fits(entry)) {
      entry.offset = static_cast<uint32_t>(pack->used);
      pack->used += entry.length;
      pack->header += entry.HeaderBytes();
      pack->writers += 1;
      pack->entries.push_back(entry);
      return Reservation{pack, pack->buffer.data() + entry.offset};
    }
    if (pack->entries.empty()) throw Error("INTERNAL", "a blob does not fit into an empty pack");
    std::unique_ptr<Pack> full = std::move(lent_.front());
    lent_.pop_front();
    if (full->writers > 0) {
      closing_.push_back(std::move(full));
      continue;
    }
    lock.unlock();
    Finish(std::move(full), tools);
    lock.lock();
  }
}

std::unique_ptr<PackQueue::Pack> PackQueue::TakeClosing(Pack* pack) {
  const auto found =
      std::find_if(closing_.begin(), closing_.end(), [&](const auto& each) { return each.get() == pack; });
  if (found == closing_.end()) return nullptr;
  std::unique_ptr<Pack> taken = std::move(*found);
  closing_.erase(found);
  return taken;
}

void PackQueue::Commit(const Reservation& reservation, Tools tools) {
  std::unique_ptr<Pack> finished;
  PackOutcome outcome;
  {
    const std::lock_guard lock(mutex_);
    if (--reservation.pack->writers > 0) return;
    finished = TakeClosing(reservation.pack);
    outcome.error = aborted_;
  }
  if (!finished) return;
  if (outcome.error) {
    settled_(finished->token, std::move(outcome));
  } else {
    Finish(std::move(finished), tools);
  }
}

void PackQueue::EndInput(Tools tools) {
  std::unique_ptr<Pack> last;
  {
    const std::lock_guard lock(mutex_);
    if (!aborted_ && !lent_.empty() && !lent_.front()->entries.empty()) {
      last = std::move(lent_.front());
      lent_.pop_front();
    }
  }
  if (last) Finish(std::move(last), tools);

  std::deque<std::unique_ptr<Pack>> empty;
  {
    const std::lock_guard lock(mutex_);
    if (aborted_) return;
    ended_ = true;
    empty.swap(lent_);
  }
  for (const std::unique_ptr<Pack>& pack : empty) settled_(pack->token, {});
}

bool PackQueue::Ended() const {
  const std::lock_guard lock(mutex_);
  return ended_;
}

void PackQueue::Abort(const Error& error) {
  std::vector<Token> tokens;
  {
    const std::lock_guard lock(mutex_);
    if (aborted_ || ended_) return;
    aborted_ = error;
    for (std::unique_ptr<Pack>& pack : lent_) {
      if (pack->writers == 0) {
        tokens.push_back(pack->token);
      } else {
        closing_.push_back(std::move(pack));
      }
    }
    lent_.clear();
  }
  room_.notify_all();
  for (const Token token : tokens) settled_(token, {std::nullopt, error});
}

void PackQueue::Finish(std::unique_ptr<Pack> pack, Tools tools) {
  FilledPack filled;
  try {
    const std::vector<uint8_t> header = PackHeader(pack->entries);
    const size_t sealed = header.size() + kSealOverheadBytes;
    tools.cipher.Seal(header, pack->buffer.data() + pack->used);
    StoreLe32(pack->buffer.data() + pack->used + sealed, static_cast<uint32_t>(sealed));
    filled.length = pack->used + sealed + 4;
    filled.id = tools.sha.Hash(pack->buffer.first(filled.length));
    filled.entries = std::move(pack->entries);
    const std::lock_guard lock(mutex_);
    header_bytes_ += sealed + 4;
  } catch (const Error& error) {
    settled_(pack->token, {std::nullopt, error});
    throw;
  }
  settled_(pack->token, {std::move(filled), std::nullopt});
}

uint64_t PackQueue::HeaderBytes() const {
  const std::lock_guard lock(mutex_);
  return header_bytes_;
}

}  // namespace stillframe::core
