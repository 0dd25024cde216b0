-- Run by nvim --headless: an editor's session with concvet lsp, and with gopls
-- if GOPLS names it. Needs nothing newer than neovim 0.7, and no plugin.

local function say(...)
  io.stdout:write(string.format(...) .. '\n')
end

local function session()
  local file, root = os.getenv('LSP_FILE'), os.getenv('LSP_ROOT')
  vim.cmd('edit ' .. file)
  local buf = vim.api.nvim_get_current_buf()
  vim.bo[buf].filetype = 'go'
  local clients = {}
  for name, cmd in pairs({ concvet = { os.getenv('CONCVET'), 'lsp' }, gopls = os.getenv('GOPLS') and { os.getenv('GOPLS') } }) do
    clients[name] = vim.lsp.start_client({ name = name, cmd = cmd, root_dir = root })
    vim.lsp.buf_attach_client(buf, clients[name])
  end

  local function found()
    local list = {}
    for _, d in ipairs(vim.diagnostic.get(buf)) do
      if d.source == 'concvet' then
        table.insert(list, d)
      end
    end
    return list
  end
  local function expect(n, what)
    local start = vim.loop.hrtime()
    if not vim.wait(100000, function() return #found() == n end, 10) then
      error(string.format('%s: %d findings, want %d', what, #found(), n))
    end
    io.stderr:write(string.format('%s: %.2f s\n', what, (vim.loop.hrtime() - start) / 1e9))
    for _, d in ipairs(found()) do
      say('%s: %d:%d-%d:%d %s %s', what, d.lnum, d.col, d.end_lnum, d.end_col, d.user_data.lsp.code, d.severity)
    end
    say('%s: %d', what, n)
  end

  expect(1, 'open')
  local d = found()[1]
  local at = {
    textDocument = vim.lsp.util.make_text_document_params(buf),
    position = { line = d.lnum, character = d.col },
    range = { start = { line = d.lnum, character = d.col }, ['end'] = { line = d.end_lnum, character = d.end_col } },
    context = { diagnostics = vim.lsp.diagnostic.get_line_diagnostics(buf, d.lnum) },
  }
  local function request(method)
    return vim.lsp.buf_request_sync(buf, method, at, 20000)[clients.concvet].result
  end
  say('hover: %s', vim.split(request('textDocument/hover').contents.value, '\n')[1])
  local action = request('textDocument/codeAction')[1]
  say('action: %s', action.title)
  vim.lsp.util.apply_workspace_edit(action.edit, 'utf-16')
  vim.cmd('write')
  expect(0, 'fixed and saved')
  vim.cmd('earlier 1f')
  expect(1, 'undone, not saved')
  vim.api.nvim_buf_set_lines(buf, 0, 0, true, { '// A comment.' })
  vim.api.nvim_buf_set_lines(buf, -1, -1, true, { 'func broken(' })
  if not vim.wait(100000, function() return #found() == 1 and found()[1].message:find('stale') end, 10) then
    error('broken: nothing is stale')
  end
  expect(1, 'broken')
  for _, id in pairs(clients) do
    vim.lsp.stop_client(id)
  end
end

local ok, err = pcall(session)
if not ok then
  say('error: %s', err)
  vim.cmd('cquit 1')
end
vim.cmd('qall!')
