-- What a user does in Neovim with its own language client, without a screen.
-- From 0.8 on the client is what SNIPPET makes of the user's configuration.
-- Whatever goes wrong ends with a word on standard error and status 1.
local function fail(...)
  io.stderr:write(string.format(...) .. "\n")
  vim.cmd("cquit 1")
end

local function await(what, holds)
  if not vim.wait(60000, holds, 20) then
    fail("waited in vain for %s; shown is %s", what, vim.inspect(vim.diagnostic.get(nil)))
  end
end

local root, out = vim.env.TOUR, assert(io.open(vim.env.OUT, "w"))
local attach = function() end
if vim.env.SNIPPET then
  dofile(vim.env.SNIPPET)
else
  local started = vim.lsp.start_client({
    name = "goconclint",
    cmd = { "goconclint", "lsp" },
    root_dir = root,
    workspace_folders = { { uri = vim.uri_from_fname(root), name = "tour" } },
  })
  attach = function(buffer) vim.lsp.buf_attach_client(buffer, started) end
end

local function open(path)
  vim.cmd("edit " .. vim.fn.fnameescape(path))
  local buffer = vim.api.nvim_get_current_buf()
  vim.bo[buffer].filetype = "go"
  attach(buffer)
  return buffer
end

local clients = vim.lsp.get_clients or vim.lsp.get_active_clients

-- The whole tour is open, and every finding of the command is there.
local buffers = {}
for _, path in ipairs(vim.fn.glob(root .. "/**/*.go", false, true)) do
  buffers[path] = open(path)
end
await("one server", function() return #clients() == 1 end)
local client = clients()[1]
local expected = tonumber(vim.env.FINDINGS)
await(expected .. " findings", function() return #vim.diagnostic.get(nil) == expected end)
for path, buffer in pairs(buffers) do
  for _, d in ipairs(vim.diagnostic.get(buffer)) do
    local lsp = d.user_data.lsp
    out:write(string.format("%s:%d:%d: %s (%s)\n", path:sub(#root + 2), d.lnum + 1, d.col + 1, d.message, lsp.code))
    if not lsp.codeDescription or not lsp.codeDescription.href:find("docs/checks/" .. lsp.code, 1, true) then
      fail("no link for %s", lsp.code)
    end
    if #(lsp.relatedInformation or {}) == 0 then
      fail("no related information for %s", lsp.code)
    end
  end
end

-- A fix is offered and applied, and its finding goes.
local notify = buffers[root .. "/notify/notify.go"]
vim.api.nvim_set_current_buf(notify)
local function shown() return #vim.diagnostic.get(notify) end
local finding = vim.diagnostic.get(notify)[1]
local where = { line = finding.lnum, character = finding.col }
local answers = vim.lsp.buf_request_sync(notify, "textDocument/codeAction", {
  textDocument = vim.lsp.util.make_text_document_params(notify),
  range = { start = where, ["end"] = where },
  context = { diagnostics = { finding.user_data.lsp } },
}, 10000)
local action = answers and answers[client.id] and answers[client.id].result[1]
if not action or not action.edit then
  fail("no fix is offered: %s", vim.inspect(answers))
end
local before = vim.api.nvim_buf_get_lines(notify, 0, -1, true)
vim.lsp.util.apply_workspace_edit(action.edit, "utf-16")
await("the finding to go", function() return shown() == 0 end)
if not table.concat(vim.api.nvim_buf_get_lines(notify, 0, -1, true), "\n"):find("address := address", 1, true) then
  fail("the fix isn't in the text")
end
vim.cmd("silent write")

-- What doesn't compile hurts nobody, and a mistake that is typed is seen.
vim.api.nvim_buf_set_lines(notify, -1, -1, true, { "func broken( {" })
vim.wait(1500)
vim.api.nvim_buf_set_lines(notify, 0, -1, true, before)
await("the finding to come back", function() return shown() == 1 end)
if vim.diagnostic.get(notify)[1].lnum ~= finding.lnum then
  fail("it is elsewhere")
end

-- A hover explains it.
local hover = vim.lsp.buf_request_sync(notify, "textDocument/hover", {
  textDocument = vim.lsp.util.make_text_document_params(notify),
  position = where,
}, 10000)
if not hover[client.id].result.contents.value:find("loopcapture", 1, true) then
  fail("the hover says %s", vim.inspect(hover))
end

-- The server ends when it is told to.
if #clients() ~= 1 then
  fail("%d servers", #clients())
end
if vim.fn.has("nvim-0.11") == 1 then
  client:stop()
else
  client.stop()
end
await("the server to end", function() return #clients() == 0 end)
out:close()
vim.cmd("qall!")
