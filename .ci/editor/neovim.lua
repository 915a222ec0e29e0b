-- What a user of Neovim does, for .ci/neovim: opens a file, looks at the diagnostics, takes a quick fix, saves. It uses
-- the built-in client only, and only what version 0.7 has.

local file, rule, text = vim.env.FILE, vim.env.RULE, vim.env.TEXT

local function fail(...)
	io.stderr:write(string.format(...) .. "\n")
	vim.cmd("cquit 1")
end

-- patience is how long anything may take, in milliseconds.
local patience = 300000

local function await(what, condition)
	if not vim.wait(patience, condition, 200) then
		local list = {}
		for _, d in ipairs(vim.diagnostic.get(0)) do
			table.insert(list, string.format("  %d: %s: %s", d.lnum + 1, d.source or "", d.message))
		end
		fail("waited in vain for %s; the diagnostics are\n%s", what, table.concat(list, "\n"))
	end
end

-- found is the diagnostic of the rule on a line that has the text.
local function found()
	for _, d in ipairs(vim.diagnostic.get(0)) do
		local line = vim.api.nvim_buf_get_lines(0, d.lnum, d.lnum + 1, false)[1] or ""
		if d.source == rule and line:find(text, 1, true) then
			return d
		end
	end
end

vim.cmd("edit " .. file)
local client = vim.lsp.start_client({ name = "gopls", cmd = { vim.env.GOPLS }, root_dir = vim.fn.getcwd() })
if not client then
	fail("gopls does not start")
end
vim.lsp.buf_attach_client(0, client)

await("a diagnostic of " .. rule, found)
local d = found()
print(string.format("%s:%d:%d: %s: %s", file, d.lnum + 1, d.col + 1, d.source, d.message))

-- The menu of code actions: take the first, as with <CR>.
local taken
vim.ui.select = function(items, _, choose)
	for _, item in ipairs(items) do
		print("offered: " .. item[2].title)
	end
	taken = items[1][2].title
	choose(items[1], 1)
end
vim.api.nvim_win_set_cursor(0, { d.lnum + 1, d.col })
local before = vim.api.nvim_buf_get_changedtick(0)
vim.lsp.buf.code_action({ only = { "quickfix" } })
await("the quick fix", function()
	return taken and vim.api.nvim_buf_get_changedtick(0) ~= before
end)

await("the diagnostic to go", function()
	return not found()
end)
vim.cmd("write")
print("taken: " .. taken)
vim.lsp.stop_client(client)
vim.cmd("quit")
