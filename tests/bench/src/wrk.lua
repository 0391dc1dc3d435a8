-- Sales at a counter, one a request. `linli-bench serve` fills in what stands between @.
local residents = {
@RESIDENTS@}
local thread = 0

function setup(of)
  of:set("id", thread)
  thread = thread + 1
end

local started = os.time()
local sent = 0

function request()
  sent = sent + 1
  local resident = residents[(sent - 1) % #residents + 1]
  local body = '{"resident":"' .. resident .. '","items":[{"item":"@ITEM@","quantity":1}]}'
  local headers = {
    ["Authorization"] = "Bearer @KEY@",
    ["Content-Type"] = "application/json",
    ["Idempotency-Key"] = "wrk-" .. started .. "-" .. id .. "-" .. sent,
  }
  return wrk.format("POST", "/v1/sales", headers, body)
end
